"""Stops HTML that is built to exhaust a parser, before a parser sees it.

An HTML5 parser needs quadratic time for deep nesting (measured: 82 s for 100,000 open `<div>`) and copies open
formatting elements into every following block, so that a few kilobytes become millions of nodes. Mail written
by people and programs stays far below these limits.
"""

from __future__ import annotations

import re

MAX_OPEN = 200
"""Elements open at once; deeper opening tags are dropped, their text stays."""
MAX_COPIES = 1_000_000
"""Formatting elements a parser would copy while reading; beyond it the markup is dropped altogether."""

MAX_BARE_AMPERSANDS = 100_000
"""nh3 needs quadratic time for text full of ampersands that start no entity (1 MB: 16 s)."""

_BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,31};)")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,40})[^<>]*>?")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
# Closed by their next sibling: leaving them open is ordinary.
_SELF_CLOSING = frozenset(
    ["p", "li", "dd", "dt", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "colgroup", "rp", "rt"]
)
_FORMATTING = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)


def limit_nesting(html: str) -> str | None:  # noqa: C901 - one pass over the tags
    """`html` with at most `MAX_OPEN` elements open at once; None where it has to be given up as markup."""
    if html.count("&") > MAX_BARE_AMPERSANDS and sum(1 for _ in _BARE_AMPERSAND.finditer(html)) > MAX_BARE_AMPERSANDS:
        return None
    if html.count("<") < MAX_OPEN:
        return html
    opened: dict[str, int] = {}
    depth = formatting = copies = 0
    dropped: list[tuple[int, int]] = []
    for match in _TAG.finditer(html):
        name = match[2].lower()
        if name in _VOID:
            continue
        if match[1]:
            if opened.get(name):
                opened[name] -= 1
                depth -= 1
                formatting -= name in _FORMATTING
            continue
        if name not in _FORMATTING:
            copies += formatting
            if copies > MAX_COPIES:
                return None
        if name in _SELF_CLOSING:
            continue
        if depth >= MAX_OPEN:
            dropped.append(match.span())
            continue
        opened[name] = opened.get(name, 0) + 1
        depth += 1
        formatting += name in _FORMATTING
    return _without(html, dropped)


def _without(html: str, spans: list[tuple[int, int]]) -> str:
    if not spans:
        return html
    out, position = [], 0
    for start, end in spans:
        out.append(html[position:start])
        position = end
    out.append(html[position:])
    return "".join(out)

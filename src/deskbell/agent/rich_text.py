"""What the editor wrote: HTML cut down to what the editor can write, and the plain text beside it."""

from __future__ import annotations

import html as stdlib_html
import re

import nh3

LONGEST = 500_000
"""Characters of one message; more is refused with a word, not cut."""

_TAGS = {
    "a", "b", "blockquote", "br", "code", "del", "em", "figure", "h2", "h3", "h4", "hr", "i", "img", "li", "ol", "p",
    "pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "span": {"class", "data-id", "data-label", "data-type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_MENTION = re.compile(r'data-id="(\d{1,18})"')
_TAG = re.compile(r"<[^>]*>")


def clean(html: str) -> str:
    """HTML safe to show and to send. An empty editor gives nothing."""
    cleaned = nh3.clean(
        html.replace("\x00", ""),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_filter,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
        clean_content_tags={"script", "style", "template", "iframe", "object", "svg", "math"},
    )
    return cleaned if "<img" in cleaned or stdlib_html.unescape(_TAG.sub("", cleaned)).strip() else ""


def _filter(tag: str, name: str, value: str) -> str | None:
    if tag == "span" and name == "class":
        return "mention" if "mention" in value.split() else None
    if tag == "img" and name == "src":
        # Pasted pictures are uploads of ours; anything from elsewhere would tell its host who reads.
        return value if value.startswith("/desk/attachments/") else None
    return value


def mentioned(html: str) -> list[int]:
    """Ids of the colleagues named with @ in cleaned HTML."""
    return list(dict.fromkeys(int(found) for found in _MENTION.findall(html)))

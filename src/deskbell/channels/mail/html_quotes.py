"""Splits HTML bodies into what was newly written and what the mail program quoted."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from deskbell.channels.mail.html import LONGEST_HTML, html_to_text
from deskbell.channels.mail.nesting import limit_nesting
from deskbell.channels.mail.quote_patterns import FORWARD_MARKERS, ORIGINAL_MESSAGE
from deskbell.channels.mail.quotes import Split, is_attribution, is_forward, label_of, starts_header_block

# Elements that hold the history and nothing else. Outlook prefixes foreign classes and ids with "x_".
_QUOTE_CLASSES = frozenset(
    [
        "gmail_quote",
        "gmail_quote_container",
        "gmail_extra",
        "yahoo_quoted",
        "protonmail_quote",
        "tutanota_quote",
        "zmail_extra",
        "ntes-mailmaster-quote",
        "iosymail",
        "mail_quote",
        "quoted-text",
        "fm-quote",
    ]
)
_QUOTE_IDS = frozenset(
    [
        "yahoo_quoted",
        "isreplycontent",
        "olk_src_body_section",
        "mail-editor-reference-message-container",
        "divneteasemailcard",
        "replymessage",
    ]
)
_QUOTE_NAMES = frozenset(("messagereplysection", "quote"))
# Elements after which everything is history.
_SEPARATOR_IDS = frozenset(("divrplyfwdmsg", "appendonsend", "reply-intro", "stopspelling", "divtagdefaultwrapper_q"))
_SEPARATOR_CLASSES = frozenset(("moz-cite-prefix", "ms-outlook-mobile-reference-message", "gmail_attr"))
_OUTLOOK_RULE = re.compile(
    r"border:\s*none;\s*border-top:\s*solid\s*#(?:e1e1e1|b5c4df)|border-top:\s*(?:1px|1pt|1\.0pt)\s*solid\s*#(?:e1e1e1|b5c4df)",
    re.IGNORECASE,
)
_FORWARD_CLASSES = frozenset(("moz-forward-container",))
_BLOCKS = frozenset(["p", "div", "td", "li", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "span", "font"])
_SHOWS_SOMETHING = frozenset(("img", "table"))
_LONGEST_LINE = 400
_MOST_ELEMENTS = 20_000  # nobody writes more by hand; each is looked at with those after it
_MARK = "data-deskbell-quote"


def split_html(html: str, *, subject: str = "") -> Split:
    """Split an (unsanitised) HTML body; `subject` tells a forward from a reply. Never raises."""
    if not html.strip() or is_forward(subject) or len(html) > LONGEST_HTML:
        return Split(html)
    limited = limit_nesting(html)
    if limited is None:
        return Split(html)
    try:
        return _split(html, limited)
    except (etree.LxmlError, ValueError, RecursionError, AssertionError, TypeError):
        return Split(html)  # unreadable for the parser: shown whole


def _split(html: str, limited: str) -> Split:
    root = lxml.html.document_fromstring(f"<html><body><div>{limited}</div></body></html>")
    for junk in list(root.iter(etree.Comment, etree.ProcessingInstruction)):
        _drop(junk)
    body = root.find("body")
    assert body is not None
    elements = list(body.iter(etree.Element))
    if len(elements) > _MOST_ELEMENTS:
        return Split(html)
    if any(_tokens(e) & _FORWARD_CLASSES for e in elements) or _has_forward_marker(elements):
        return Split(html)
    separator = next((e for e in elements if _is_separator(e)), None)
    if separator is None:
        separator = _text_separator(elements)
    quotes = _quote_elements(elements)
    if separator is not None and not (quotes and _precedes(elements, quotes[0], separator)):
        return _cut_from(html, body, separator)
    if quotes:
        return _cut_quotes(html, body, elements, quotes)
    return Split(html)


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is None:
        return
    tail = node.tail or ""
    previous = node.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(node)


def _tokens(element: etree._Element) -> set[str]:
    return {token.removeprefix("x_") for token in (element.get("class") or "").lower().split()}


def _identifier(element: etree._Element) -> str:
    return (element.get("id") or "").lower().removeprefix("x_")


def _is_quote(element: etree._Element) -> bool:
    if _tokens(element) & _QUOTE_CLASSES or _identifier(element) in _QUOTE_IDS:
        return True
    if (element.get("name") or "").lower() in _QUOTE_NAMES:
        return True
    return bool(element.tag == "blockquote" and (element.get("type") or "").lower() == "cite")


def _is_separator(element: etree._Element) -> bool:
    if _identifier(element) in _SEPARATOR_IDS or _tokens(element) & (_SEPARATOR_CLASSES - {"gmail_attr"}):
        return bool(element.tag != "blockquote")
    style = element.get("style") or ""
    if element.tag == "div" and style and _OUTLOOK_RULE.search(style):
        return starts_header_block(_lines_of(element), 0)
    return False


def _text_separator(elements: list[etree._Element]) -> etree._Element | None:
    """A block whose own words introduce a quote ("Von: … Gesendet: …", "On … wrote:")."""
    for index, element in enumerate(elements):
        if element.tag not in _BLOCKS or element.find(".//blockquote") is not None:
            continue
        lines = _lines_of(element, limit=_LONGEST_LINE)
        if not lines:
            continue
        if ORIGINAL_MESSAGE.match(lines[0]) or (
            label_of(lines[0]) == "from" and starts_header_block(lines + _lines_after(elements, index), 0)
        ):
            return element
        if len(lines) <= 2 and is_attribution(" ".join(lines)):  # noqa: PLR2004
            return element
    return None


def _lines_after(elements: list[etree._Element], index: int) -> list[str]:
    return [line for other in elements[index + 1 : index + 12] for line in _lines_of(other)[:6]]


def _lines_of(element: etree._Element, limit: int = 2000) -> list[str]:
    out: list[str] = [""]
    size = 0
    for kind, text in _walk_text(element):
        if kind == "break":
            out.append("")
        size += len(text)
        out[-1] += text
        if size > limit:
            break
    lines = [" ".join(line.replace("\xa0", " ").split()) for line in out]
    return [line for line in lines if line]


def _walk_text(element: etree._Element) -> Iterator[tuple[str, str]]:
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if node.tag in {"br", "p", "div", "tr", "li", "hr", "table"}:
                yield "break", ""
            yield "text", node.text or ""
        elif node is not element:
            if node.tag in {"p", "div", "tr", "li"}:
                yield "break", ""
            yield "text", node.tail or ""


def _has_forward_marker(elements: list[etree._Element]) -> bool:
    for element in elements:
        for text in (element.text, element.tail):
            if text and len(text) < 120 and FORWARD_MARKERS.match(text.strip()):  # noqa: PLR2004
                return True
    return False


def _quote_elements(elements: list[etree._Element]) -> list[etree._Element]:
    """Outermost quote elements, in document order."""
    found: list[etree._Element] = []
    inside: set[etree._Element] = set()
    for element in elements:
        parent = element.getparent()
        if parent is not None and parent in inside:
            inside.add(element)
        elif _is_quote(element):
            found.append(element)
            inside.add(element)
    return found


def _precedes(elements: list[etree._Element], one: etree._Element, other: etree._Element) -> bool:
    order = {element: index for index, element in enumerate(elements)}
    return order[one] < order[other]


def _cut_from(html: str, body: etree._Element, separator: etree._Element) -> Split:
    """Everything from `separator` on is history."""
    separator.set(_MARK, "cut")
    visible, quoted = copy.deepcopy(body), copy.deepcopy(body)
    _remove_from(visible)
    _keep_from(quoted)
    return _result(html, _inner(visible), _inner(quoted))


def _marked(tree: etree._Element) -> etree._Element:
    found = next(e for e in tree.iter(etree.Element) if e.get(_MARK))
    del found.attrib[_MARK]
    return found


def _remove_from(tree: etree._Element) -> None:
    marked = node = _marked(tree)
    while node is not tree:
        parent = node.getparent()
        assert parent is not None
        for later in list(node.itersiblings()):
            parent.remove(later)
        if node is not marked:
            node.tail = None
        node = parent
    holder = marked.getparent()
    assert holder is not None
    holder.remove(marked)


def _keep_from(tree: etree._Element) -> None:
    node = _marked(tree)
    while node is not tree:
        parent = node.getparent()
        assert parent is not None
        parent.text = None
        for earlier in list(node.itersiblings(preceding=True)):
            parent.remove(earlier)
        node = parent


def _cut_quotes(html: str, body: etree._Element, elements: list[etree._Element], quotes: list[etree._Element]) -> Split:
    """Quote elements are history unless the answer stands between them."""
    first, last = quotes[0], quotes[-1]
    if _answer_between(elements, quotes):
        return Split(html)
    attribution = _attribution_before(first)
    if _text_after(last):
        moved = [attribution, *quotes] if attribution is not None else quotes
        quoted = "".join(etree.tostring(q, encoding="unicode", method="html", with_tail=False) for q in moved)
        for element in moved:
            element.text, tail = None, element.tail
            for child in list(element):
                element.remove(child)
            element.tail = tail
            _drop(element)
        return _result(html, _inner(body), quoted)
    return _cut_from(html, body, attribution if attribution is not None else first)


def _attribution_before(quote: etree._Element) -> etree._Element | None:
    """The element just before a quote that introduces it."""
    previous = quote.getprevious()
    if previous is not None and not (previous.tail or "").strip():
        lines = _lines_of(previous, limit=_LONGEST_LINE)
        if lines and len(lines) <= 3 and is_attribution(" ".join(lines)):  # noqa: PLR2004
            return previous
    return None


def _text_after(quote: etree._Element) -> bool:
    """Whether words stand after `quote` in the body: the answer is below its quote."""
    node = quote
    while node is not None and node.tag != "body":
        if len((node.tail or "").strip()) > 1:
            return True
        if any("".join(later.itertext()).strip() for later in node.itersiblings()):
            return True
        node = node.getparent()
    return False


def _answer_between(elements: list[etree._Element], quotes: list[etree._Element]) -> bool:
    """Whether words stand between the first and the last quote."""
    inside = {e for quote in quotes for e in quote.iter(etree.Element)}
    tops = set(quotes)
    order = {element: index for index, element in enumerate(elements)}
    start, end = order[quotes[0]], order[quotes[-1]]
    for element in elements[start:end]:
        if element in tops or element not in inside:
            words = (element.tail or "") if element in tops else (element.text or "") + (element.tail or "")
            if words.strip() and not is_attribution(words):
                return True
    return False


def _inner(tree: etree._Element) -> str:
    parts = [tree.text or ""]
    parts.extend(etree.tostring(child, encoding="unicode", method="html") for child in tree)
    return "".join(parts)


def _result(html: str, visible: str, quoted: str) -> Split:
    if not html_to_text(visible).strip() and "<img" not in visible:
        return Split(html)
    return Split(visible, quoted)

"""HTML of mail: made safe to show, turned into text, and made from text.

The allow-list is what a person needs to read a mail and what our editor writes. No `style` attribute is kept
for the page (its strict CSP would refuse it); mail we send may keep harmless properties.
"""

from __future__ import annotations

import html as stdlib_html
import re
from collections.abc import Callable

import nh3
from inscriptis import get_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig

from deskbell.channels.mail.nesting import limit_nesting

CidUrl = Callable[[str], str | None]
"""Maps a Content-ID (no angle brackets) to the address under which we serve that part, or None."""

_TAGS = frozenset(
    [
        "a",
        "abbr",
        "address",
        "article",
        "b",
        "bdi",
        "bdo",
        "big",
        "blockquote",
        "br",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "font",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "main",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "tt",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "blockquote": {"type", "cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign", "scope"},
    "time": {"datetime"},
    "div": {"align"},
    "p": {"align"},
}
_STYLE_PROPERTIES = frozenset(
    [
        "background-color",
        "border",
        "border-bottom",
        "border-collapse",
        "border-color",
        "border-left",
        "border-right",
        "border-spacing",
        "border-style",
        "border-top",
        "border-width",
        "color",
        "direction",
        "font-family",
        "font-size",
        "font-style",
        "font-weight",
        "height",
        "letter-spacing",
        "line-height",
        "list-style-type",
        "margin",
        "margin-bottom",
        "margin-left",
        "margin-right",
        "margin-top",
        "max-width",
        "padding",
        "padding-bottom",
        "padding-left",
        "padding-right",
        "padding-top",
        "text-align",
        "text-decoration",
        "text-indent",
        "vertical-align",
        "white-space",
        "width",
        "word-break",
    ]
)
_DROPPED_WITH_CONTENT = frozenset(
    {"script", "style", "title", "template", "noscript", "iframe", "object", "embed", "svg", "math", "noembed",
     "noframes", "textarea", "select", "xmp", "audio", "video", "canvas"}
)  # fmt: skip
_SCHEMES = {"http", "https", "mailto", "tel", "sip", "cid", "data"}
_DATA_IMAGE = re.compile(r"^data:image/(?:png|jpe?g|gif|webp|bmp);base64,[A-Za-z0-9+/=\s]+$", re.IGNORECASE)
# nh3 writes attributes as name="value" with quotes in values escaped: an image can be found without a parser.
_IMAGE = re.compile(r"<img((?:\s+[a-z-]+=\"[^\"]*\")*)\s*/?>")
_ATTRIBUTE = re.compile(r"\s+([a-z-]+)=\"([^\"]*)\"")
_SIZE = re.compile(r"^\d{1,4}%?$")
_URL = re.compile(
    r"\b(?P<url>(?:https?://|www\.)[^\s<>\"'`，。、；：！？「」『』（）]{1,2000})"
    r"|(?P<mail>\b[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8})"
)
_TAG = re.compile(r"<[^<>]*>")
_TEXT_CONFIG = ParserConfig(css=CSS_PROFILES["strict"], display_links=False, display_images=False)
LONGEST_HTML = 2_000_000
"""Characters of HTML that are looked at; a longer body stays whole in the raw message."""


def sanitise(html: str, *, cid_url: CidUrl | None = None, remote_images: bool = False, keep_style: bool = False) -> str:
    """HTML that is safe to put into a page.

    `cid:` images become what `cid_url` answers (without it they stay `cid:` and can be rewritten later).
    Remote images become `<img data-remote-src="…">`, which loads nothing, unless `remote_images`.
    """
    clean = _clean(html[:LONGEST_HTML], keep_style=keep_style)
    return _IMAGE.sub(lambda match: _image(match[1], cid_url, remote_images=remote_images), clean)


def _clean(html: str, *, keep_style: bool) -> str:
    limited = limit_nesting(html)
    if limited is None:
        return text_to_html(stdlib_html.unescape(_TAG.sub(" ", html)))
    attributes = {tag: set(names) for tag, names in _ATTRIBUTES.items()}
    if keep_style:
        attributes["*"].add("style")
    return nh3.clean(
        limited,
        tags=set(_TAGS),
        attributes=attributes,
        clean_content_tags=set(_DROPPED_WITH_CONTENT),
        attribute_filter=_filter_attribute,
        url_schemes=_SCHEMES,
        url_relative="deny",
        link_rel="noopener noreferrer",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        filter_style_properties=set(_STYLE_PROPERTIES) if keep_style else None,
    )


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    scheme = value.strip().split(":", 1)[0].lower()
    if name == "href" and scheme in {"data", "cid"}:
        return None
    if name == "cite":
        return None
    if name == "src":
        if scheme == "data":
            return value if _DATA_IMAGE.match(value.strip()) else None
        return value if scheme in {"http", "https", "cid"} else None
    if name in {"width", "height"} and not _SIZE.match(value.strip()):
        return None
    del tag
    return value


def _image(attributes: str, cid_url: CidUrl | None, *, remote_images: bool) -> str:
    found = dict(_ATTRIBUTE.findall(attributes))
    source = found.pop("src", "")
    found.pop("data-remote-src", None)
    scheme = source.strip().split(":", 1)[0].lower()
    if scheme == "cid" and cid_url is not None:
        address = cid_url(stdlib_html.unescape(source.strip()[4:]).strip("<>"))
        source = stdlib_html.escape(address) if address else ""
    name = "data-remote-src" if scheme in {"http", "https"} and not remote_images else "src"
    if source:
        found[name] = source
    found.setdefault("alt", "")
    return "<img" + "".join(f' {key}="{value}"' for key, value in found.items()) + ">"


def has_remote_images(sanitised: str) -> bool:
    """Whether sanitised HTML holds images that were held back."""
    return ' data-remote-src="' in sanitised


def cid_references(html: str) -> set[str]:
    """Content-IDs that an HTML body shows as images."""
    return {stdlib_html.unescape(found) for found in re.findall(r"cid:([^\"'\s>)]{1,500})", html, re.IGNORECASE)}


def html_to_text(html: str) -> str:
    """Readable plain text of an HTML body: tables laid out, lists marked, scripts and styles gone."""
    html = html[:LONGEST_HTML]
    if not html.strip():
        return ""
    try:
        # Cleaning first bounds the nesting that the layout engine recurses over.
        text = get_text(_clean(html, keep_style=False), _TEXT_CONFIG)
    except Exception:  # noqa: BLE001 - lxml and deep nesting fail in many ways; the words still matter
        text = stdlib_html.unescape(_TAG.sub(" ", _clean(html, keep_style=False)))
    text = text.replace("\xa0", " ").replace("\x00", "")
    text = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def text_to_html(text: str) -> str:
    """HTML of plain text: paragraphs, line breaks, indentation kept, addresses made into links."""
    paragraphs = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").strip("\n"))
    return "".join(f"<p>{_lines(paragraph)}</p>" for paragraph in paragraphs if paragraph.strip())


def _lines(paragraph: str) -> str:
    return "<br>".join(_indented(line) for line in paragraph.split("\n"))


def _indented(line: str) -> str:
    bare = line.lstrip(" \t")
    indent = line[: len(line) - len(bare)].expandtabs(4)
    return "\xa0" * len(indent) + linkify(bare)


def linkify(line: str) -> str:
    """Escaped HTML of a line of text in which web and mail addresses are links."""
    out, position = [], 0
    for match in _URL.finditer(line):
        found = match[0]
        if match["url"]:
            found = _without_trailing_punctuation(found)
            target = found if "://" in found else f"https://{found}"
        else:
            target = f"mailto:{found}"
        out.append(stdlib_html.escape(line[position : match.start()]))
        out.append(
            f'<a href="{stdlib_html.escape(target)}" rel="noopener noreferrer" target="_blank">'
            f"{stdlib_html.escape(found)}</a>"
        )
        position = match.start() + len(found)
    out.append(stdlib_html.escape(line[position:]))
    return "".join(out)


def _without_trailing_punctuation(url: str) -> str:
    while url and (url[-1] in ".,;:!?*_~" or (url[-1] in ")]}" and not _closes_something(url))):
        url = url[:-1]
    return url


def _closes_something(url: str) -> bool:
    opening = {")": "(", "]": "[", "}": "{"}[url[-1]]
    return url.count(opening) >= url.count(url[-1])

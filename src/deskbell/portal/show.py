"""Messages as HTML for their reader."""

from __future__ import annotations

import re

from django.utils.html import linebreaks, urlize
from markupsafe import Markup, escape

from deskbell.tickets import api as tickets
from deskbell.ui.addresses import url_for

LONGEST_LINKED = 100_000  # characters; looking for links in more takes too long
SHOWN_INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"}

_CID = re.compile(r'(<img[^>]*?\ssrc=")cid:([^"]+)(")', re.IGNORECASE)
_OURS = re.compile(r'(<img[^>]*?\ssrc=")/desk/attachments/(\d{1,18})/(")', re.IGNORECASE)
_HELD_BACK = re.compile(r'(<img[^>]*?\s)data-remote-src=(")', re.IGNORECASE)


def is_mail(message: tickets.Message) -> bool:
    """Whether the message keeps its own document: HTML that came from somebody's mail program."""
    return bool(message.html) and message.channel == tickets.Channel.EMAIL and message.direction == "in"


def as_html(message: tickets.Message) -> Markup:
    """The message for the page itself. Its HTML was sanitised when it was taken in."""
    if message.html:
        return Markup(_with_pictures(message.html, message))  # noqa: S704  sanitised, see MessageContent.html
    text = message.text
    if len(text) > LONGEST_LINKED:
        return Markup("<pre>{}</pre>").format(text)
    linked = urlize(text, nofollow=True, autoescape=True)
    return Markup(linebreaks(linked, autoescape=False))  # noqa: S704  urlize has escaped it


def as_document(message: tickets.Message, stylesheet: str, *, remote_images: bool) -> str:
    """The whole document of a mail's HTML, for the sandboxed frame."""
    html = _with_pictures(message.html, message)
    if remote_images:
        html = _HELD_BACK.sub(r"\1src=\2", html)
    return (
        '<!doctype html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
        f'<base target="_blank"><link rel="stylesheet" href="{escape(stylesheet)}"></head><body>{html}</body></html>'
    )


def _with_pictures(html: str, message: tickets.Message) -> str:
    """Pictures inside the text, at addresses this reader may open."""
    by_content_id = {each.content_id: each.pk for each in message.attachments.all() if each.content_id}

    def address(pk: int) -> str:
        return url_for("portal:attachment", pk)

    html = _OURS.sub(lambda found: found[1] + address(int(found[2])) + found[3], html)
    return _CID.sub(
        lambda found: found[1] + (address(by_content_id[found[2]]) if found[2] in by_content_id else "") + found[3],
        html,
    )

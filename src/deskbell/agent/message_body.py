"""The HTML of a message as a document for the sandboxed frame."""

from __future__ import annotations

import re

from django.templatetags.static import static
from markupsafe import Markup, escape

from deskbell.tickets import api as tickets
from deskbell.ui.addresses import url_for

# Only these are shown in the page; anything else (HTML and SVG above all) is a download.
SHOWN = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"}

_CID = re.compile(r'(<img[^>]*?\ssrc=")cid:([^"]+)(")', re.IGNORECASE)
_HELD_BACK = re.compile(r'(<img[^>]*?\s)data-remote-src=(")', re.IGNORECASE)


def with_pictures(message: tickets.Message, html: str) -> str:
    """The HTML with its inline pictures under the addresses at which we serve them."""
    if "cid:" not in html.lower():
        return html
    addresses = {
        attachment.content_id: url_for("agent:attachment", attachment.pk)
        for attachment in message.attachments.all()
        if attachment.content_id
    }
    return _CID.sub(lambda match: match[1] + str(escape(addresses.get(match[2], ""))) + match[3], html)


def document(message: tickets.Message, *, quoted: bool = False, remote_images: bool = False) -> str:
    """The sanitised HTML (it was cleaned when it came in) with its inline pictures, as a whole document."""
    html = message.quoted_html if quoted else message.html
    if not html:
        text = message.quoted_text if quoted else message.text
        html = str(Markup("<pre>{}</pre>").format(text))
    html = with_pictures(message, html)
    if remote_images:
        html = _HELD_BACK.sub(r"\1src=\2", html)
    return (
        '<!doctype html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
        f'<base target="_blank"><link rel="stylesheet" href="{static("ui/mail.css")}"></head><body>{html}</body></html>'
    )

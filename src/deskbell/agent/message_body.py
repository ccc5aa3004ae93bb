"""The HTML of a message as a document for the sandboxed frame."""

from __future__ import annotations

import re

from django.urls import reverse
from markupsafe import Markup, escape

from deskbell.tickets import api as tickets

# Only these are shown in the page; anything else (HTML and SVG above all) is a download.
SHOWN = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"}

_CID = re.compile(r'(<img[^>]*?\ssrc=")cid:([^"]+)(")', re.IGNORECASE)
_HELD_BACK = re.compile(r'(<img[^>]*?\s)data-remote-src=(")', re.IGNORECASE)

# The mail's own document: calm defaults, nothing wider than the frame. Its policy allows inline styles.
_STYLE = """
html{color-scheme:light}
body{margin:0;padding:2px 0;font:15px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:#22252b;overflow-wrap:anywhere}
body>:first-child{margin-top:0}body>:last-child{margin-bottom:0}
p{margin:0 0 .7em}img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}
blockquote{margin:0 0 .7em;padding-left:12px;border-left:3px solid #d5d2cb;color:#555b66}
a{color:#0b6464}img[data-remote-src]{display:inline-block;min-width:16px;min-height:16px;background:#edeae4;border-radius:3px}
"""


def document(message: tickets.Message, *, quoted: bool = False, remote_images: bool = False) -> str:
    """The sanitised HTML (it was cleaned when it came in) with its inline pictures, as a whole document."""
    html = message.quoted_html if quoted else message.html
    if not html:
        text = message.quoted_text if quoted else message.text
        html = str(Markup("<pre>{}</pre>").format(text))
    addresses = {
        attachment.content_id: reverse("agent:attachment", args=[attachment.pk])
        for attachment in message.attachments.all()
        if attachment.content_id
    }
    html = _CID.sub(lambda match: match[1] + str(escape(addresses.get(match[2], ""))) + match[3], html)
    if remote_images:
        html = _HELD_BACK.sub(r"\1src=\2", html)
    return (
        '<!doctype html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
        f'<base target="_blank"><style>{_STYLE}</style></head><body>{html}</body></html>'
    )

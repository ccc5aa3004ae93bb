"""Made-up mail as bytes. No Django: the parent sends it, too."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from random import Random
from secrets import token_hex

_SENTENCES = (
    "The scanner on the second floor stopped sending files to our folder on Friday.",
    "We restarted it twice and the display shows the same number as before.",
    "Two colleagues wait for their contracts, so it would help to have it back this week.",
    "Do you need the serial number, or is the sticker on the side enough?",
    "I attach nothing for now because the pictures are too dark to show anything.",
    "It worked without trouble since the last visit in spring.",
    "Please call before you come, the door downstairs is locked after five.",
)


def raw_mail(sender: str, address: str, number: int) -> bytes:
    """A message as mail programs write it: text and the same as HTML, some 90 words. Never twice the same."""
    rng = Random(number)
    text = [rng.choice(_SENTENCES) for _sentence in range(rng.randint(4, 9))]
    mail = EmailMessage()
    mail["From"] = f"Somebody <{sender}>"
    mail["To"] = address
    mail["Subject"] = f"Scanner on the second floor, case {number}"
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = make_msgid(idstring=token_hex(6), domain=sender.rpartition("@")[2])
    mail["User-Agent"] = "Thunderbird"
    body = "\n".join(text)
    mail.set_content(f"Hello,\n\n{body}\n\nKind regards\nSomebody\n")
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in text)
    mail.add_alternative(f"<html><body><p>Hello,</p>{paragraphs}<p>Kind regards<br>Somebody</p></body></html>", "html")
    return mail.as_bytes()

"""Small files people attach: photographs (as far as a few coloured blocks go), tables, letters, logs."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Paper:
    name: str
    content_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def paper(rng: Random, department: str, *, by_agent: bool) -> Paper:
    """Something that fits the department. Few different files: the same photo is attached more than once."""
    makers = _BY_AGENT if by_agent else _FROM_OUTSIDE[department]
    return rng.choice(makers)(Random(rng.randint(0, 11)))


def _picture(rng: Random) -> Paper:
    names = ("photo.png", "IMG_20{}.png", "screenshot.png", "kuva {}.png", "Знімок екрана {}.png", "照片{}.png")
    colours = [bytes(rng.randint(60, 230) for _part in range(3)) for _each in range(4)]
    rows = []
    width, height = 320, 200
    for y in range(height):
        left, right = (colours[0], colours[1]) if y < height * 2 // 3 else (colours[2], colours[3])
        edge = 110 + (y // 9) % 7 * 6
        rows.append(b"\0" + left * edge + right * (width - edge))
    return Paper(rng.choice(names).format(rng.randint(10, 99)), "image/png", png(width, height, b"".join(rows)))


def png(width: int, height: int, rows: bytes) -> bytes:
    """A PNG (ISO/IEC 15948) of 8-bit RGB rows, each with its filter byte in front."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    image = zlib.compress(rows, 6)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", image) + chunk(b"IEND", b"")


def _table(rng: Random) -> Paper:
    lines = ["item;ordered;delivered;price"]
    lines += [
        f"HL-{rng.randint(100, 399)};{rng.randint(4, 40)};{rng.randint(0, 40)};{rng.randint(9, 190)}.90"
        for _row in range(18)
    ]
    name = rng.choice(("delivery-note.csv", "positions.csv", "stock.csv"))
    return Paper(name, "text/csv", "\r\n".join(lines).encode())


def _log(rng: Random) -> Paper:
    lines = [
        f"{hour:02d}:{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d} {rng.choice(('INFO', 'INFO', 'WARN', 'ERROR'))} "
        f"{rng.choice(('tunnel', 'auth', 'route', 'dns'))}: code {rng.randint(100, 599)}"
        for hour in range(7, 17)
        for _line in range(4)
    ]
    return Paper(rng.choice(("vpn.log", "client.log", "print.log")), "text/plain", "\n".join(lines).encode())


def _letter(rng: Random) -> Paper:
    number = f"{rng.randint(3000, 9800):05d}"
    name, title = rng.choice(
        (("invoice-{}.pdf", "Invoice"), ("credit-note-{}.pdf", "Credit note"), ("offer-{}.pdf", "Offer"))
    )
    lines = (
        f"{title} {number}",
        "Lumikko Lighting, Tampere",
        f"Total: {rng.randint(90, 4800)}.{rng.randint(10, 99)} EUR",
    )
    return Paper(name.format(number), "application/pdf", pdf(lines))


def pdf(lines: Sequence[str]) -> bytes:
    """A one-page PDF 1.4 (ISO 32000) with these lines of ASCII text."""
    shown = " ".join(f"({line}) Tj 0 -24 Td" for line in lines)
    stream = f"BT /F1 16 Tf 72 760 Td {shown} ET"
    fonts = "/Resources << /Font << /F1 5 0 R >> >>"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {fonts} >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode("ascii")


_Maker = Callable[[Random], Paper]
_FROM_OUTSIDE: dict[str, tuple[_Maker, ...]] = {
    "it": (_picture, _picture, _log),
    "finance": (_letter, _letter, _table),
    "facilities": (_picture,),
    "care": (_picture, _picture, _table, _letter),
}
_BY_AGENT: tuple[_Maker, ...] = (_letter, _picture, _table)

"""Files as people and attackers attach them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from pypdf import PdfReader, PdfWriter

LETTER = Path(__file__).parent / "files" / "letter.pdf"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf() -> bytes:
    return LETTER.read_bytes()


def locked_pdf(password: str = "secret", *, only_printing: bool = False) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt("" if only_printing else password, owner_password=password, algorithm="AES-256")
    return _written(writer)


def endless_pdf() -> bytes:
    """One page whose content takes a parser minutes: megabytes of text operators from a few kilobytes."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    from pypdf.generic import DictionaryObject, NameObject, StreamObject

    font = DictionaryObject(
        {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
         NameObject("/BaseFont"): NameObject("/Helvetica")}
    )  # fmt: skip
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F"): writer._add_object(font)})}
    )
    stream = StreamObject()
    stream.set_data(b"BT /F 1 Tf " + b"1 0 0 1 3 3 Tm (q) Tj " * 900_000 + b"ET")
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    writer.close()
    return target.getvalue()


def docx(*paragraphs: str, header: str = "") -> bytes:
    """As small as Word still opens, with runs as Word breaks them: in the middle of words."""

    def part(root: str, texts: tuple[str, ...]) -> str:
        runs = "".join(
            f"<w:p><w:r><w:t>{text[:3]}</w:t></w:r><w:r><w:t xml:space='preserve'>{text[3:]}</w:t></w:r></w:p>"
            for text in texts
        )
        return f"<?xml version='1.0' encoding='UTF-8'?><w:{root} xmlns:w='{_WORD}'>{runs}</w:{root}>"

    return archive(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": part("document", paragraphs),
            "word/header1.xml": part("hdr", (header,)),
        }
    )


def archive(files: Mapping[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return target.getvalue()


def zip_bomb(megabytes: int = 300) -> bytes:
    """A DOCX of a few hundred kilobytes that unpacks to this many megabytes."""
    target = io.BytesIO()
    made = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9)
    with made, made.open("word/document.xml", "w") as entry:
        for _each in range(megabytes):
            entry.write(b" " * 1024 * 1024)
    return target.getvalue()


def lying_zip_bomb() -> bytes:
    """The same, and its directory says that it holds ten bytes."""
    content = zip_bomb(220)
    size = (220 * 1024 * 1024).to_bytes(4, "little")
    return content.replace(size, (10).to_bytes(4, "little"))


def million_entities() -> bytes:
    """ "A billion laughs": XML that grows tenfold with every line."""
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    xml = (
        f"<?xml version='1.0'?><!DOCTYPE d [<!ENTITY l0 'laugh'>{lines}]>"
        f"<w:document xmlns:w='{_WORD}'><w:p><w:t>&l11;</w:t></w:p></w:document>"
    )
    return archive({"word/document.xml": xml})


def xlsx() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Inventar"
    sheet.append(["Gerät", "Seriennummer", "Preis"])
    sheet.append(["Laserdrucker", "SN-88231-X", 349.5])
    sheet.append(["貨運單", 4711, date(2026, 5, 20)])
    book.create_sheet("Übersicht").append([datetime(2026, 5, 21, 8, 30), "źródło"])  # noqa: DTZ001  workbooks know no zones
    return _saved(book)


def many_sheets(count: int) -> bytes:
    book = Workbook()
    for number in range(count):
        book.create_sheet(f"s{number}")["A1"] = f"cell{number}"
    return _saved(book)


def wide_sheet() -> bytes:
    """A few bytes that name the last cell there can be: a parser that fills the gaps makes 17 billion."""
    content = io.BytesIO(xlsx())
    target = io.BytesIO()
    with zipfile.ZipFile(content) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                rows = b'<row r="1048576"><c r="XFD1048576" t="n"><v>31337</v></c></row>'
                data = data.replace(b"</sheetData>", rows + b"</sheetData>")
            made.writestr(name, data)
    return target.getvalue()


def _saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


MAIL = b"""From: Anna Kern <anna@example.org>
To: desk@example.net
Subject: =?utf-8?q?K=C3=BChlung_defekt?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/html; charset=utf-8

<p>Der <b>Verdamp</b>fer leckt.</p><script>var hidden = "geheim"</script>
--b
Content-Type: application/pdf
Content-Disposition: attachment; filename=Rechnung-5512.pdf

%PDF-
--b--
"""

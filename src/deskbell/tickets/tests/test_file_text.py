"""What is read in files, and what hostile ones can do: nothing."""

from __future__ import annotations

import io
import resource
import sys
import time

import pytest

from deskbell.tickets.file_text.limits import (
    DAMAGED,
    EMPTY,
    LOCKED,
    UNPACKS,
    UNSUPPORTED,
    Limits,
)  # fmt: skip
from deskbell.tickets.file_text.sandbox import Found, text_of
from deskbell.tickets.tests import papers


def read(content: bytes, **limits: int) -> Found:
    return text_of(io.BytesIO(content), Limits(**limits))


def test_pdf_in_three_scripts() -> None:
    text = read(papers.pdf()).text
    assert "ґрунтовний огляд ліфта" in text
    assert "Zażółć gęślą jaźń" in text
    assert "電梯維修合約" in text


def test_docx_with_words_broken_into_runs() -> None:
    found = read(papers.docx("Ґвинтокрил на даху", "電梯維修", header="Vertraulich"))
    assert found == Found("Ґвинтокрил на даху 電梯維修 Vertraulich")


def test_xlsx_with_numbers_and_dates_as_people_write_them() -> None:
    text = read(papers.xlsx()).text
    for words in ("Inventar", "SN-88231-X", "349.5", "貨運單", "4711", "2026-05-20", "Übersicht", "2026-05-21 08:30"):
        assert words in text
    assert "00:00" not in text


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("Дверь не закрывается".encode(), "Дверь не закрывается"),
        ("Дверь не закрывается с понедельника, ключ остался внутри.".encode("cp1251"), "Дверь не закрывается"),
        ("номер;имя\n7;Ольга".encode("utf-16"), "номер;имя 7;Ольга"),
        ("\ufeffsep=;\nźródło;12".encode(), "źródło;12"),
        (b'{"error": "E_PAPER_JAM"}', "E_PAPER_JAM"),
        (b"08:00 start\n" + b"\x00" * 40 + b"\n08:01 crashed at 0xDEAD" + b" and so on" * 60, "crashed at 0xDEAD"),
        (b"# Anleitung\nZuerst *ausschalten*.", "Anleitung Zuerst *ausschalten*"),
        (b"<!doctype html><title>Bestellung</title><p>Kaf<b>fee</b>&amp;Tee<p>mehr<style>p{}</style>", "Bestellung Kaffee&Tee mehr"),
        (papers.MAIL, "Kühlung defekt Anna Kern <anna@example.org> desk@example.net Der Verdampfer leckt. Rechnung-5512.pdf"),
    ],
    ids=["utf-8", "cp1251", "utf-16", "marked", "json", "nul", "markdown", "html", "mail"],
)  # fmt: skip
def test_plain_text_in_whatever_form(content: bytes, wanted: str) -> None:
    found = read(content)
    assert wanted in found.text
    assert "\x00" not in found.text
    assert "geheim" not in found.text
    assert not found.problem


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (papers.locked_pdf(), LOCKED),
        (papers.pdf()[:700], DAMAGED),
        (b"%PDF-1.7\n" + b"\xff\x00" * 5_000, DAMAGED),
        (papers.docx("Vertrag")[:-40], DAMAGED),
        (papers.zip_bomb(), UNPACKS),
        (papers.archive({f"word/{number}": "" for number in range(20_001)} | {"word/document.xml": ""}), UNPACKS),
        (papers.archive({"word/document.xml": "<a>" * 500_000}), DAMAGED),
        (papers.archive({"a.txt": "text"}), UNSUPPORTED),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 300, UNSUPPORTED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), LOCKED),
        (b"   \n\n", EMPTY),
        (papers.docx(""), EMPTY),
    ],
    ids=[
        "locked pdf", "cut pdf", "junk pdf", "cut docx", "zip bomb", "many entries", "nesting", "zip",
        "picture", "locked docx", "blank", "blank docx",
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(content: bytes, problem: str) -> None:
    assert read(content) == Found(problem=problem)


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    assert "Umowa o naprawę" in read(papers.locked_pdf(only_printing=True)).text


def test_an_archive_that_lies_about_its_size_is_harmless() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert read(papers.lying_zip_bomb(), seconds=5).problem == DAMAGED
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kilobytes, of this process


@pytest.mark.slow
def test_a_pdf_without_end_is_ended() -> None:
    start = time.monotonic()
    found = read(papers.endless_pdf(), seconds=2)
    assert time.monotonic() - start < 10
    assert found.problem in {"slow", DAMAGED, "memory", EMPTY}


def test_a_sheet_that_seems_endless_is_read_as_far_as_the_time_goes() -> None:
    found = read(papers.wide_sheet(), seconds=4)
    assert "SN-88231-X" in found.text
    assert not found.problem
    assert found.is_partial or found.text.endswith("31337")  # a fast machine comes to the last cell


def test_of_too_many_sheets_the_first_are_read() -> None:
    found = read(papers.many_sheets(220))
    assert "cell0" in found.text
    assert "cell219" not in found.text
    assert found.is_partial


def test_xml_that_multiplies_is_a_long_text_and_no_more() -> None:
    found = read(papers.million_entities())
    assert len(found.text) <= Limits().characters
    assert found.is_partial or found.problem


def test_of_a_long_text_the_beginning_is_kept() -> None:
    found = read("слово ".encode() * 1_000_000, characters=1_000)
    assert len(found.text) <= 1_000
    assert found.is_partial


def test_the_reader_has_no_secrets_no_files_and_no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    from deskbell.tickets.file_text import sandbox

    monkeypatch.setenv("DATABASE_URL", "secret")
    spy = (
        "import os,json,sys,resource as r;from deskbell.tickets.file_text import child,limits;"
        "child._give_up_rights(limits.Limits.from_arguments(json.loads(sys.argv[1])));"
        "print(json.dumps({'text': str('DATABASE_URL' in os.environ)}));"
        "print(json.dumps({'text': str([r.getrlimit(x)[0] for x in (r.RLIMIT_NPROC, r.RLIMIT_CPU)])}));"
        "print(json.dumps({'text': 'django' if 'django' in sys.modules else 'bare'}))"
    )
    monkeypatch.setattr(sandbox, "COMMAND", (sys.executable, "-P", "-c", spy))
    assert read(b"x", seconds=3).text == "False [0, 3] bare"

"""Bytes to text for mail: declared charsets, wrong ones, and none at all.

Nothing here raises. A declared charset is believed as long as the bytes fit it; otherwise UTF-8 is tried,
then chardet, and the last resort is windows-1252, in which every byte means something.
"""

from __future__ import annotations

import codecs
import re

import chardet

# Names seen in mail that Python does not know, and labels that in practice mean a superset (WHATWG Encoding).
_ALIASES = {
    "ansi_x3.4-1968": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "x-windows-949": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "big5": "big5hkscs",
    "x-big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "utf-8mb4": "utf-8",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "koi8-ru": "koi8-u",
    "koi": "koi8-r",
    "koi8": "koi8-r",
    "iso-10646-ucs-2": "utf-16",
    "unicode": "utf-16",
    "ucs-2": "utf-16",
}
_ASCII_LABELS = frozenset({"us-ascii", "ascii", "ansi_x3.4-1968", ""})
# Codecs of Python that are not charsets: "Content-Type: text/plain; charset=zlib" is an attack, not a language.
_NOT_A_CHARSET = frozenset(
    {"base64", "bz2", "hex", "quopri", "rot-13", "rot13", "uu", "zlib", "idna", "punycode", "undefined",
     "unicode-escape", "unicode_escape", "raw-unicode-escape", "raw_unicode_escape", "mbcs", "oem"}
)  # fmt: skip
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST_LABEL = 40
_GUESS_SAMPLE = 64 * 1024
_GUESS_CONFIDENCE = 0.2


def storable(text: str) -> str:
    """The same text without what PostgreSQL and UTF-8 cannot hold: NUL is dropped, lone surrogates are marked."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    try:
        text.encode()  # much faster than looking for what almost never is there
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def codec_for(label: str) -> str | None:
    """The Python codec for a charset label of a mail, or None where there is none."""
    name = label.strip().strip("\"'").lower()
    name = _ALIASES.get(name, name)
    if not name or name in _NOT_A_CHARSET or len(name) > _LONGEST_LABEL:
        return None
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    is_text = getattr(info, "_is_text_encoding", True)
    return info.name if is_text and info.name not in _NOT_A_CHARSET else None


def decode(data: bytes, label: str | None = None) -> str:  # noqa: PLR0911 - one for each way
    """Text of `data`, which its sender labelled with charset `label` (None: not labelled). Never raises."""
    if not data:
        return ""
    name = (label or "").strip().strip("\"'").lower()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and len(data) > 2:  # noqa: PLR2004
        return storable(data.decode("utf-16", "replace"))
    if data.startswith(codecs.BOM_UTF8):
        return storable(data[3:].decode("utf-8", "replace"))
    codec = codec_for(name)
    if (
        data.isascii()
        and codec not in {"utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "hz"}
        and (codec is None or not codec.startswith("iso2022"))
    ):
        return storable(data.decode("ascii"))
    if codec is None or name in _ASCII_LABELS:
        return storable(_guess(data))
    try:
        return storable(data.decode(codec))
    except (UnicodeError, ValueError):
        return storable(_decode_broken(data, codec))


def _decode_broken(data: bytes, codec: str) -> str:
    """Bytes that do not fit their declared charset: a few bad ones are marked, a wrong label is overruled."""
    replaced = data.decode(codec, "replace")
    if codec == "utf-8":
        valid_multibyte = sum(1 for char in replaced if char > "\x7f" and char != "\ufffd")
        return replaced if valid_multibyte else _guess(data)
    try:
        return data.decode("utf-8")
    except UnicodeError:
        return replaced


def _detect(sample: bytes) -> tuple[str | None, float]:
    try:
        found = chardet.detect(sample)
    except Exception:  # noqa: BLE001 - a guesser that fails is a guesser that does not know
        return None, 0.0
    return found.get("encoding"), found.get("confidence") or 0.0


def _guess(data: bytes) -> str:
    """Text of bytes nobody labelled (or labelled impossibly)."""
    try:
        return data.decode("utf-8")
    except UnicodeError:
        pass
    sample = data[:_GUESS_SAMPLE]
    label, confidence = _detect(sample)
    codec = codec_for(label) if label else None
    if codec and confidence >= _GUESS_CONFIDENCE:
        try:
            return data.decode(codec)
        except (UnicodeError, ValueError):
            pass
    try:
        return data.decode("cp1252")
    except UnicodeError:
        return data.decode("latin-1")

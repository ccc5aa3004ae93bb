"""Splits what a person newly wrote from the history their mail program quoted below it.

Nothing is lost: the result is two pieces that together hold the whole body, so that a page can fold the
second one. In doubt nothing is folded: a forwarded message, an answer written between the quoted lines, and a
mail that would be empty without its "quote" stay whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from deskbell.channels.mail.quote_patterns import (
    DATED_ATTRIBUTION,
    FORWARD_MARKERS,
    FORWARD_SUBJECT,
    HEADER_LABELS,
    ORIGINAL_MESSAGE,
    WROTE,
)

_LONGEST_ATTRIBUTION = 400
_HEADER_LINE = re.compile(r"^[\s>*_]*(?P<label>[^\W\d_][^:：\n]{0,24}?)[\s*_]*[:：]")
_RULE = re.compile(r"^\s*[_\-=]{10,}\s*$")
_ATTRIBUTION_LINES = 3
_MOST_LINES = 3000  # nobody writes more before quoting; a log file of 10 MB is not searched to its end


@dataclass(frozen=True, slots=True)
class Split:
    """`visible` is what was newly written, `quoted` the history (empty where there is none)."""

    visible: str
    quoted: str = ""


def is_forward(subject: str) -> bool:
    """Whether a subject says that the message below is the content and no history."""
    return bool(FORWARD_SUBJECT.match(subject.strip()))


def split_text(text: str, *, subject: str = "") -> Split:
    """Split a plain-text body; `subject` tells a forward from a reply."""
    text = text.replace("\r\n", "\n")
    lines = text.split("\n")
    if is_forward(subject):
        return Split(text)
    cut = _cut_of(lines)
    if cut is None:
        return _trailing_quote(text, lines)
    visible = "\n".join(lines[:cut])
    if not visible.strip():
        return _below_leading_quote(text, lines)
    return Split(visible.rstrip(), "\n".join(lines[cut:]).strip("\n"))


def _cut_of(lines: list[str]) -> int | None:
    """The first line of the history, where a separator says so."""
    for index, line in enumerate(lines[:_MOST_LINES]):
        if not line.strip() or line.lstrip().startswith(">"):
            continue
        if FORWARD_MARKERS.match(line):
            return None
        if ORIGINAL_MESSAGE.match(line):
            return index
        if starts_header_block(lines, index):
            return index - 1 if index and _RULE.match(lines[index - 1]) else index
        length = attribution_length(lines, index)
        if length and _quote_follows(lines, index + length):
            return index
    return None


def starts_header_block(lines: list[str], index: int) -> bool:
    """Whether the four header lines of a quoted mail (From, Sent, To, Subject in any language) start here."""
    if label_of(lines[index]) != "from":
        return False
    found = {"from"}
    for line in lines[index + 1 : index + 9]:
        label = label_of(line)
        if label:
            found.add(label)
    return len(found & {"from", "date", "to", "subject"}) >= 3  # noqa: PLR2004 - three of four


def label_of(line: str) -> str:
    """Which header a line such as "Lähettäjä: …" stands for: from, date, to, cc, subject or nothing."""
    match = _HEADER_LINE.match(line)
    return HEADER_LABELS.get(" ".join(match["label"].lower().split()), "") if match else ""


def attribution_length(lines: list[str], index: int) -> int:
    """How many lines from here are "On …, Anna wrote:" in some language; 0 where they are not."""
    joined = ""
    for count in range(1, _ATTRIBUTION_LINES + 1):
        if index + count > len(lines):
            break
        part = lines[index + count - 1].strip()
        if not part or part.startswith(">"):
            break
        joined = f"{joined} {part}".strip()
        if is_attribution(joined):
            return count
    return 0


def is_attribution(line: str) -> bool:
    """Whether one line introduces quoted text."""
    if len(line) > 4 * _LONGEST_ATTRIBUTION:
        return False
    line = " ".join(line.replace("\u200e", "").replace("\u200f", "").replace("\xa0", " ").split())
    if not 8 <= len(line) <= _LONGEST_ATTRIBUTION or line[-1] not in ":：":  # noqa: PLR2004
        return False
    return bool(WROTE.search(line) or DATED_ATTRIBUTION.match(line))


def _quote_follows(lines: list[str], index: int) -> bool:
    """After an attribution either quoted lines or (Outlook, phones) the bare history; not an answer below it."""
    rest = [line for line in lines[index : index + _MOST_LINES] if line.strip()]
    if not rest:
        return True
    quoted = [line.lstrip().startswith(">") for line in rest]
    if not any(quoted):
        return True
    if not quoted[0]:
        return False
    # Unquoted text after the quote: an answer below or between the lines. A short signature is neither.
    last = len(quoted) - 1 - quoted[::-1].index(True)
    return len(rest) - 1 - last <= 1 and all(quoted[: last + 1])


def _trailing_quote(text: str, lines: list[str]) -> Split:
    """A block of `>` lines at the very end without an introduction."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    start = end
    while start and (lines[start - 1].lstrip().startswith(">") or not lines[start - 1].strip()):
        start -= 1
    above = lines[:start]
    if start == end or not any(line.strip() for line in above):
        return Split(text)
    if any(line.lstrip().startswith(">") for line in above):
        return Split(text)  # answered between the lines
    return Split("\n".join(above).rstrip(), "\n".join(lines[start:end]).strip("\n"))


def _below_leading_quote(text: str, lines: list[str]) -> Split:
    """The answer stands below one leading quote (bottom posting): fold the quote, keep the order of reading."""
    last = max((i for i, line in enumerate(lines) if line.lstrip().startswith(">")), default=-1)
    after = "\n".join(lines[last + 1 :]).strip("\n") if last >= 0 else ""
    before = lines[: last + 1]
    unquoted = [line for line in before if line.strip() and not line.lstrip().startswith(">")]
    if not after.strip() or len(unquoted) > _ATTRIBUTION_LINES:
        return Split(text)
    return Split(after, "\n".join(before).strip("\n"))

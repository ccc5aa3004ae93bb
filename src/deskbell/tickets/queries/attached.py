"""The files of messages, read with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from django.db.models import QuerySet
from django.db.models.sql import Query

from deskbell.kernel.api import StoredFile
from deskbell.kernel.statements import ANY_OF_FEW, columns, fetch, instance
from deskbell.tickets.models import Attachment, Message


def attach_files(messages: Iterable[Message], *, reading: bool) -> None:
    """`message.attachments.all()` is answered without a query from here on; one query for all messages.

    reading: each with `reading` for `unread_words` and `can_be_read_again`.
    """
    files: defaultdict[int | None, list[Attachment]] = defaultdict(list)
    with_files = [each for each in messages if not getattr(each, "_prefetched_objects_cache", None)]
    if with_files:
        for attachment in _attachments([each.pk for each in with_files], reading=reading):
            files[attachment.message_id].append(attachment)
    for message in with_files:
        set_files(message, files[message.pk])


def set_files(message: Message, files: Sequence[Attachment]) -> None:
    """What is known to be the files of a message, as Django's prefetching leaves it there.

    Whoever filters them further finds nothing: prefetching would build the query of each message anew.
    """
    found: QuerySet[Attachment] = QuerySet(Attachment, query=_nothing())
    found._result_cache = list(files)  # noqa: SLF001
    found._prefetch_done = True  # type: ignore[attr-defined]  # noqa: SLF001
    message._prefetched_objects_cache = {"attachments": found}  # type: ignore[attr-defined]  # noqa: SLF001


@cache
def _nothing() -> Query:
    return Attachment.objects.none().query


def _attachments(message_ids: list[int], *, reading: bool) -> list[Attachment]:
    own, stored = len(Attachment._meta.concrete_fields), len(StoredFile._meta.concrete_fields)  # noqa: SLF001
    read = ", t.state, t.problem, t.is_partial" if reading else ""
    reads = "LEFT JOIN tickets_attachmenttext t ON t.file_id = a.file_id" if reading else ""
    sql = (
        f"SELECT {columns(Attachment, 'a')}, {columns(StoredFile, 'f')}{read} FROM tickets_attachment a"  # noqa: S608
        f" JOIN kernel_storedfile f ON f.id = a.file_id {reads} WHERE a.message_id = {ANY_OF_FEW} ORDER BY a.id"
    )
    found = []
    for values in fetch(sql, [message_ids]):
        attachment: Attachment = instance(Attachment, values[:own])
        attachment.file = instance(StoredFile, values[own : own + stored])
        if reading:
            state, problem, partial = values[own + stored :]
            attachment.reading = {"state": state, "problem": problem, "partial": partial} if state else None  # type: ignore[attr-defined]
        found.append(attachment)
    return found

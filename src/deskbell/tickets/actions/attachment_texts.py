"""Reading the text inside attached files, once per content; drafted nowhere, decided by nobody: no events.

A message and its wish to have its files read are committed together (`want_texts`); a job reads (`read_file`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from deskbell.kernel.api import Option, StoredFile, Viewer, clock, declare, open_file
from deskbell.kernel.jobs import app
from deskbell.tickets.access import CONFIGURE
from deskbell.tickets.documents import index_files
from deskbell.tickets.file_text import limits
from deskbell.tickets.file_text.sandbox import Found, text_of
from deskbell.tickets.models import AttachmentText, TextProblem, TextState
from deskbell.tickets.queries.page import attachment_for_viewer

READ_JOB = "tickets.read_file"
LANES = 2  # files read at once in the whole installation, so that other jobs go on
AFTER_MAIL = -10  # priority: what people wait for goes first
FORGOTTEN_AFTER = timedelta(hours=1)
AT_ONCE = 200

MOST_MB: Option[int] = declare(
    Option(
        name="tickets.text_mb",
        type=Annotated[int, Field(ge=0, le=500)],  # type: ignore[arg-type]  # anything pydantic validates
        default=25,
        label=_("Largest file whose text is made searchable, in MB"),
        help=_("0: no file is read. Larger ones are found by their names only."),
    )
)
MOST_CHARACTERS: Option[int] = declare(
    Option(
        name="tickets.text_characters",
        type=Annotated[int, Field(ge=1_000, le=2_000_000)],  # type: ignore[arg-type]  # anything pydantic validates
        default=200_000,
        label=_("Characters of a file that are kept for searching"),
        help=_("A page has about 2,000. What goes beyond is not found."),
    )
)
MOST_SECONDS: Option[int] = declare(
    Option(
        name="tickets.text_seconds",
        type=Annotated[int, Field(ge=1, le=300)],  # type: ignore[arg-type]  # anything pydantic validates
        default=20,
        label=_("Seconds of processor time for reading one file"),
        help=_("Then reading ends, and what was read until then is searchable."),
    )
)

_NO_FAILURE = {limits.EMPTY: TextState.NOTHING, limits.UNSUPPORTED: TextState.UNSUPPORTED}

logger = logging.getLogger(__name__)

# Rows that are there already are locked against the job, not against each other: a job about to say that such a file
# is read waits until this message is committed, and then finds its ticket too. Pictures, sounds and films are not
# worth a row.
_WANT = """
WITH held AS (
    SELECT DISTINCT file_id FROM tickets_attachment
    WHERE message_id = %s AND content_type !~* '^(image|audio|video|font)/'
), known AS (
    SELECT file_id FROM tickets_attachmenttext JOIN held USING (file_id) ORDER BY file_id
    FOR SHARE OF tickets_attachmenttext
)
INSERT INTO tickets_attachmenttext (file_id, state, problem, text, is_partial, changed_at)
SELECT file_id, 'waiting', '', '', false, %s::timestamptz FROM held
WHERE file_id NOT IN (SELECT file_id FROM known) ORDER BY file_id
ON CONFLICT (file_id) DO NOTHING RETURNING file_id
"""


def want_texts(message_id: int) -> None:
    """Have the files of a message read after commit, in the caller's transaction; those known are not read again."""
    with connection.cursor() as cursor:
        cursor.execute(_WANT, [message_id, clock.now()])
        new = [file_id for (file_id,) in cursor.fetchall()]
    for file_id in new:
        defer_reading(file_id)


def want_texts_of(file_ids: Iterable[int]) -> None:
    """Have files read before any message holds them, as whoever attaches them in long transactions at once needs it."""
    rows = [AttachmentText(file_id=file_id, changed_at=clock.now()) for file_id in file_ids]
    for row in AttachmentText.objects.bulk_create(rows):
        defer_reading(row.file_id)


def defer_reading(file_id: int) -> None:
    """Queue the job, committed with the transaction."""
    lock = f"{READ_JOB}/{file_id % LANES}"
    app.configure_task(READ_JOB, queue="files", lock=lock, priority=AFTER_MAIL).defer(file_id=file_id)


def read_file(file_id: int) -> None:
    """Read a file if that was not done yet, and write the documents of the tickets that hold it. Idempotent.

    Raises OSError when the storage cannot be reached.
    """
    row = AttachmentText.objects.select_related("file").defer("text").filter(pk=file_id).first()
    if row is None:
        return  # the file was deleted meanwhile
    if row.state == TextState.WAITING:
        _keep(file_id, *_read(row.file))
    index_files(file_id)


def _read(file: StoredFile) -> tuple[TextState, Found]:
    """Outside of any transaction: it may take a while."""
    if file.size > MOST_MB.get() * 1024 * 1024:
        return TextState.TOO_LARGE, Found()
    if not file.size:
        return TextState.NOTHING, Found()
    wanted = limits.Limits(characters=MOST_CHARACTERS.get(), seconds=MOST_SECONDS.get())
    try:
        with open_file(file) as content:
            found = text_of(content, wanted)
    except (FileNotFoundError, PermissionError):
        return TextState.FAILED, Found(problem=TextProblem.MISSING)
    if found.problem in _NO_FAILURE:
        return _NO_FAILURE[found.problem], Found()
    if found.problem:
        logger.info("File %s cannot be read: %s", file.pk, found.problem)
    return (TextState.FAILED if found.problem else TextState.DONE), found


@transaction.atomic
def _keep(file_id: int, state: TextState, found: Found) -> None:
    row = AttachmentText.objects.select_for_update().defer("text").filter(pk=file_id).first()
    if row is None:
        return
    row.state, row.problem, row.text, row.is_partial = state, found.problem, found.text, found.is_partial
    row.changed_at = clock.now()
    row.save(update_fields=["state", "problem", "text", "is_partial", "changed_at"])


@transaction.atomic
def read_again(viewer: Viewer, attachment_id: int) -> None:
    """Read the file of an attachment once more, after limits were raised or bytes put back.

    Needs `tickets.configure`. Raises NotAllowed, and NotFound for what the viewer cannot see.
    """
    viewer.require(CONFIGURE)
    _begin_anew([attachment_for_viewer(viewer, attachment_id).file_id])


@transaction.atomic
def read_failed_again(viewer: Viewer, state: str, problem: str = "") -> int:
    """Read all files once more that could not be read for one reason; how many. Needs `tickets.configure`.

    Raises NotAllowed.
    """
    viewer.require(CONFIGURE)
    unread = AttachmentText.objects.filter(state__in=(TextState.FAILED, TextState.TOO_LARGE))
    return _begin_anew(unread.filter(state=state, problem=problem).values_list("pk", flat=True))


def _begin_anew(file_ids: Iterable[int]) -> int:
    rows = AttachmentText.objects.select_for_update().filter(pk__in=list(file_ids)).exclude(state=TextState.WAITING)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    AttachmentText.objects.filter(pk__in=ids).update(state=TextState.WAITING, problem="", changed_at=clock.now())
    for file_id in ids:
        defer_reading(file_id)
    return len(ids)


@transaction.atomic
def defer_forgotten() -> int:
    """Queue again what has waited so long that its job must be gone; how many."""
    waiting = AttachmentText.objects.filter(state=TextState.WAITING, changed_at__lt=clock.now() - FORGOTTEN_AFTER)
    ids = list(waiting.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    AttachmentText.objects.filter(pk__in=ids).update(changed_at=clock.now())
    for file_id in ids:
        defer_reading(file_id)
    return len(ids)

"""Bytes that nothing refers to any more: uploads nobody sent, files of deleted records."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import CASCADE, Exists, ForeignObjectRel, OuterRef, Q, QuerySet

from deskbell.kernel import clock
from deskbell.kernel.files.models import StoredFile
from deskbell.kernel.files.store import storage

KEPT_FOR = timedelta(days=2)  # what is being stored now gets its reference within seconds
AT_ONCE = 1_000


def delete_unreferenced(*, at_most: int = AT_ONCE) -> int:
    """Delete files older than two days to which no record refers; returns how many.

    A record that goes with its file (on_delete=CASCADE) is no reference: it says something about the bytes.
    """
    candidates = _unreferenced().filter(created_at__lt=clock.now() - KEPT_FOR).order_by("pk")
    return sum(_delete(pk) for pk in list(candidates.values_list("pk", flat=True)[:at_most]))


@transaction.atomic
def _delete(pk: int) -> bool:
    """Row and bytes go together: whoever stores the same bytes meanwhile waits for the row, then writes them again."""
    found = _unreferenced().filter(pk=pk).select_for_update(skip_locked=True).first()
    if found is None:
        return False
    found.delete()
    storage().delete(found.storage_name)
    return True


def _unreferenced() -> QuerySet[StoredFile]:
    referred = Q()
    for field in StoredFile._meta.get_fields(include_hidden=True):  # noqa: SLF001  (Django's documented Meta API)
        if isinstance(field, ForeignObjectRel) and field.on_delete is not CASCADE:
            rows: QuerySet[Any] = QuerySet(field.related_model).filter(**{field.field.name: OuterRef("pk")})
            referred |= Q(Exists(rows))
    return StoredFile.objects.exclude(referred)

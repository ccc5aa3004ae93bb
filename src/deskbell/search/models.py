"""The search index: one document per searchable record, in the same database and transaction."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from deskbell.kernel.api import clock


class SearchDocument(models.Model):
    """What can be found about one record. Holds no text, only lexemes; rights come from the record's policy.

    subject_type, subject_id: the record, as in ("ticket", 42).
    """

    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    lexemes = SearchVectorField()
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["subject_type", "subject_id"], name="search_document_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [GinIndex(fields=["lexemes"], name="search_document_lexemes")]

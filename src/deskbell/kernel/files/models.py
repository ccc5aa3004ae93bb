"""Stored bytes, named by what they are."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from typing_extensions import override


class StoredFile(models.Model):
    """The bytes of an attachment or a raw message; the same bytes are stored once.

    Names and content types belong to whatever refers to the file: two people may send the same bytes
    under different names. size in bytes.
    """

    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Not `unique=True`, which makes a second index, for LIKE.
            models.UniqueConstraint(fields=["sha256"], name="file_sha256_once"),
            models.CheckConstraint(condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_sha256_is_hex"),
            models.CheckConstraint(condition=models.Q(size__gte=0), name="file_size_not_negative"),
        ]

    @override
    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def storage_name(self) -> str:
        """Where the bytes lie in the storage: 256 folders. More of them, new ones, cost every message an fsync."""
        return f"{self.sha256[:2]}/{self.sha256}"

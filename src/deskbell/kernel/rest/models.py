"""Answers kept for a day, so that a call repeated by the same caller is not carried out twice."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override

from deskbell.kernel import clock


class IdempotentAnswer(models.Model):
    """The answer to a call with an Idempotency-Key, written in the transaction of the change.

    caller: as in `Caller.key`. fingerprint: SHA-256 of method, path and body. headers: those beside the content type.
    """

    caller = models.CharField(max_length=40)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["caller", "key"], name="idempotent_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["created_at"], name="idempotent_created")]

    @override
    def __str__(self) -> str:
        return f"{self.caller} {self.key}"

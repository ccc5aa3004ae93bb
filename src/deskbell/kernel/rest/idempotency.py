"""Idempotency-Key (IETF draft): the same call sent twice is carried out once and answered alike."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from operator import itemgetter

from django.core.files import File
from django.db import connection
from django.http import HttpResponse

from deskbell.kernel import clock
from deskbell.kernel.rest import problems
from deskbell.kernel.rest.callers import ApiRequest
from deskbell.kernel.rest.endpoints import MULTIPART
from deskbell.kernel.rest.models import IdempotentAnswer
from deskbell.kernel.rest.problems import ProblemError, field_error
from deskbell.kernel.together import undivided

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT = timedelta(hours=24)
LONGEST = 255
PATTERN = r"^[\x21-\x7e]+$"
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_KEPT_HEADERS = ("Location", "ETag")

_LOOK = """
SELECT pg_try_advisory_xact_lock(%s), kept.fingerprint, kept.status, kept.headers::text, kept.body
FROM (VALUES (1)) AS once
LEFT JOIN kernel_idempotentanswer AS kept ON kept.caller = %s AND kept.key = %s AND kept.created_at > %s
"""
_KEEP = """
INSERT INTO kernel_idempotentanswer AS kept (caller, key, fingerprint, status, headers, body, created_at)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (caller, key) DO UPDATE
SET fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers, body = excluded.body,
    created_at = excluded.created_at
WHERE kept.created_at <= %s
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class _Call:
    caller: str
    key: str
    fingerprint: str

    @property
    def lock(self) -> int:
        """A 64-bit number for an advisory lock."""
        digest = hashlib.sha256(f"idempotency\0{self.caller}\0{self.key}".encode()).digest()
        return int.from_bytes(digest[:8], "big", signed=True)


def once(request: ApiRequest, work: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer of `work`; of an earlier call, when this caller sent the same one with the same key in the last day.

    The answer is kept in the transaction of the change: either both are there or neither is, and a call that was
    refused keeps nothing and may be sent again. Raises ProblemError when the first call still runs (409) or the key
    was used for another call (422).
    """
    key = request.META.get("HTTP_IDEMPOTENCY_KEY")
    if key is None:
        return work()
    if not _KEY.fullmatch(key):
        wrong = field_error("header", HEADER, f"Send 1 to {LONGEST} visible ASCII characters.")
        raise ProblemError(problems.INVALID_REQUEST, errors=[wrong])
    call = _Call(request.caller.key, key, _fingerprint(request))
    try:
        with undivided():
            kept = _look(call)
            if kept is not None:
                return kept
            response = work()
            _keep(call, response)
            return response
    except _Twice:
        raise ProblemError(problems.KEY_IN_USE, headers={"Retry-After": "1"}) from None


class _Twice(Exception):
    """The same key was committed between our look and our own row."""


def _fingerprint(request: ApiRequest) -> str:
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\0".encode())
    if request.content_type == MULTIPART:
        # Read already, and boundaries are new in each call: what counts is what lies between them.
        texts = [[name, *values] for name, values in sorted(request.POST.lists())]
        files = [[name, *map(_described, files)] for name, files in sorted(request.FILES.lists(), key=itemgetter(0))]
        digest.update(json.dumps([texts, files]).encode())
    else:
        digest.update(request.body)
    return digest.hexdigest()


def _described(file: File[bytes]) -> list[str | None]:
    content = hashlib.sha256()
    for chunk in file.chunks():
        content.update(chunk)
    file.seek(0)
    return [file.name, getattr(file, "content_type", None), content.hexdigest()]


def _look(call: _Call) -> HttpResponse | None:
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [call.lock, call.caller, call.key, clock.now() - KEPT])
        free, fingerprint, status, headers, body = cursor.fetchone() or (False, None, 0, "", b"")
    if fingerprint is not None:
        if fingerprint != call.fingerprint:
            raise ProblemError(problems.KEY_REUSED)
        return _replay(status, headers, body)
    if not free:
        raise ProblemError(problems.KEY_IN_USE, headers={"Retry-After": "1"})
    return None


def _replay(status: int, headers: str, body: bytes) -> HttpResponse:
    response = HttpResponse(bytes(body), status=status, content_type="application/json")
    for name, value in json.loads(headers).items():
        response.headers[name] = value
    response.headers[REPLAYED] = "true"
    return response


def _keep(call: _Call, response: HttpResponse) -> None:
    """Write the answer; an older row of this key, past its day, makes room. Raises _Twice when a fresh one stands."""
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    now = clock.now()
    row = (call.caller, call.key, call.fingerprint, response.status_code, json.dumps(headers), response.content, now)
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [*row, now - KEPT])
        if cursor.fetchone() is None:
            raise _Twice


def delete_old() -> int:
    """Delete the answers nobody may ask for any more; how many there were."""
    return IdempotentAnswer.objects.filter(created_at__lte=clock.now() - KEPT).delete()[0]

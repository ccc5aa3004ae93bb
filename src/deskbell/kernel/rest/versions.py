"""Which version of a record a program has seen: `ETag` on answers, `If-Match` on changes (RFC 9110, section 13.1.1)."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from pydantic import BaseModel

from deskbell.kernel.registry import Registry
from deskbell.kernel.rest import problems
from deskbell.kernel.rest.callers import ApiRequest
from deskbell.kernel.rest.endpoints import Endpoint, Result
from deskbell.kernel.rest.problems import ProblemError, field_error
from deskbell.kernel.together import undivided

HEADER = "If-Match"
LONGEST = 1000
PATTERN = r"^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$"
_NAMED = re.compile(PATTERN)
Present = Callable[[ApiRequest, int], str]


@dataclass(frozen=True, slots=True)
class Versioned:
    """Records whose changes may be bound to a version.

    path: of one of them ("/tickets/{ticket_id}"); every change at or below it takes `If-Match`.
    present: its ETag now, with the record locked; raises NotFound for whoever may not see it.
    """

    path: str
    present: Present

    @property
    def parameter(self) -> str:
        return self.path.rpartition("{")[2].rstrip("}")


versioned: Registry[Versioned] = Registry("versioned record of the API")
_by_content: set[type[BaseModel]] = set()


def version(path: str, present: Present) -> None:
    versioned.register(path, Versioned(path, present))


def version_by_content(*answers: type[BaseModel]) -> None:
    """Give these answers an ETag made of what they say, for records that count no versions of their own."""
    _by_content.update(answers)


def has_tag(answer: type[BaseModel]) -> bool:
    return answer in _by_content


def tag_of(content: bytes) -> str:
    """The ETag of an answer as it is written."""
    return f'"{base64.urlsafe_b64encode(hashlib.sha256(content).digest()[:12]).decode()}"'


def written(answer: BaseModel) -> bytes:
    """An answer as it is sent."""
    content: bytes = answer.__pydantic_serializer__.to_json(answer, by_alias=True)
    return content


def of(endpoint: Endpoint) -> Versioned | None:
    """What a change may be bound to; None for reading, and for what has no version."""
    if endpoint.method == "GET":
        return None
    return next(
        (each for each in versioned if endpoint.path == each.path or endpoint.path.startswith(f"{each.path}/")), None
    )


def bound(view: Callable[..., Result], kind: Versioned) -> Callable[..., Result]:
    """The view, carried out only while the record has one of the versions that `If-Match` names.

    Raises ProblemError when it names none (400) or others (412).
    """

    @wraps(view)
    def check(request: ApiRequest, **values: Any) -> Result:
        given = request.META.get("HTTP_IF_MATCH")
        if given is None:
            return view(request, **values)
        if len(given) > LONGEST or not _NAMED.fullmatch(given):
            wrong = field_error("header", HEADER, f"Send an ETag as it was given, at most {LONGEST} characters.")
            raise ProblemError(problems.INVALID_REQUEST, errors=[wrong])
        with undivided():  # the lock holds until the change is done
            present = kind.present(request, values[kind.parameter])
            if given.strip() != "*" and present not in {each.strip() for each in given.split(",")}:
                raise ProblemError(problems.PRECONDITION_FAILED, headers={"ETag": present})
            return view(request, **values)

    return check

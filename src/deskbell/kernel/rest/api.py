"""The door of the REST API's ground. Apart from `kernel.api`, so that processes without an API do not load it."""

from deskbell.kernel.rest import problems
from deskbell.kernel.rest.callers import CHALLENGE, ApiRequest, Caller, Callers
from deskbell.kernel.rest.door import DOCUMENT, Door, for_programs, view
from deskbell.kernel.rest.endpoints import JSON, MULTIPART, Answered, Endpoint, Endpoints, endpoint_groups, publish
from deskbell.kernel.rest.fields import (
    LARGEST_ID,
    LONGEST_LIST,
    Answer,
    Body,
    Cursor,
    Day,
    Id,
    Limit,
    Moment,
    PathId,
    QueryCount,
    QueryFlag,
    QueryId,
    QueryLimit,
    Time,
    Word,
    left_out,
    text,
    utc,
)
from deskbell.kernel.rest.limits import Limits
from deskbell.kernel.rest.paging import read_cursor, write_cursor
from deskbell.kernel.rest.problems import Problem, ProblemError, ProblemKind, field_error, problem_kinds, respond
from deskbell.kernel.rest.service import Service
from deskbell.kernel.rest.versions import tag_of, version, version_by_content, written

__all__ = [
    "CHALLENGE",
    "DOCUMENT",
    "JSON",
    "LARGEST_ID",
    "LONGEST_LIST",
    "MULTIPART",
    "Answer",
    "Answered",
    "ApiRequest",
    "Body",
    "Caller",
    "Callers",
    "Cursor",
    "Day",
    "Door",
    "Endpoint",
    "Endpoints",
    "Id",
    "Limit",
    "Limits",
    "Moment",
    "PathId",
    "Problem",
    "ProblemError",
    "ProblemKind",
    "QueryCount",
    "QueryFlag",
    "QueryId",
    "QueryLimit",
    "Service",
    "Time",
    "Word",
    "endpoint_groups",
    "field_error",
    "for_programs",
    "left_out",
    "problem_kinds",
    "problems",
    "publish",
    "read_cursor",
    "respond",
    "tag_of",
    "text",
    "utc",
    "version",
    "version_by_content",
    "view",
    "write_cursor",
    "written",
]

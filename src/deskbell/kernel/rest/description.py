"""The OpenAPI 3.1 description: what ninja writes, with scopes, problems and headers added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ninja.openapi.schema import OpenAPISchema

from deskbell.kernel.rest import idempotency, versions
from deskbell.kernel.rest.endpoints import MULTIPART, Endpoint, Endpoints
from deskbell.kernel.rest.problems import CONTENT_TYPE, Problem, problem_kinds

_REF = "#/components/schemas/{model}"
_ALWAYS = (400, 401, 403, 429, 500, 503)

_TITLES = {
    400: "The request does not fit this description",
    401: "No token, or one that opens nothing",
    403: "The token's scopes or its person's roles do not allow this",
    404: "Nothing here, or nothing this person may see",
    409: "The record changed meanwhile, or the call still runs",
    412: "The record is no longer the version that `If-Match` named",
    413: "The body is too large",
    415: "The body is of another type",
    422: "Well formed, but it cannot be accepted",
    429: "Too many calls",
    500: "Something broke on our side",
    503: "The desk cannot reach its database",
}


def describe(schema: OpenAPISchema, groups: Iterable[Endpoints], endpoints: Mapping[str, Endpoint]) -> OpenAPISchema:
    """Add to ninja's description what it does not know."""
    components = schema["components"]
    components["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "A token from the account page. It opens what its scopes name and its person may do.",
        }
    }
    own = Problem.model_json_schema(ref_template=_REF, mode="serialization")
    components["schemas"].update(own.pop("$defs", {}))
    components["schemas"]["Problem"] = own
    for path in schema["paths"].values():
        for operation in path.values():
            _describe_operation(operation, endpoints[operation["operationId"]])
    schema["tags"] = [{"name": group.tag, "description": group.description} for group in groups]
    schema["components"]["schemas"] = dict(sorted(components["schemas"].items()))
    return schema


def _describe_operation(operation: dict[str, Any], endpoint: Endpoint) -> None:
    if endpoint.scope:
        operation["security"] = [{"token": [endpoint.scope]}]
        operation["description"] = f"{operation.get('description', '')}\n\nScope: `{endpoint.scope}`.".strip()
    else:
        operation["security"] = [{"token": []}]
    for parameter in operation["parameters"]:
        _without_null(parameter)
    if endpoint.idempotent:
        operation["parameters"].append(_IDEMPOTENCY_KEY)
    if versions.of(endpoint) is not None:
        operation["parameters"].append(_IF_MATCH)
    if "requestBody" in operation and endpoint.body_type == MULTIPART:
        content = operation["requestBody"]["content"]
        content[MULTIPART] = content.pop(next(iter(content)))
    responses = operation["responses"]
    if endpoint.answers_binary:
        responses[endpoint.status] = {
            "description": "The bytes.",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    for status in sorted(_statuses(operation, endpoint)):
        responses[status] = _problem_response(status)
    operation["responses"] = dict(sorted(responses.items()))


def _statuses(operation: dict[str, Any], endpoint: Endpoint) -> set[int]:
    found = {*_ALWAYS, *endpoint.statuses}
    if any(parameter["in"] == "path" for parameter in operation["parameters"]):
        found.add(404)
    if any(parameter["name"] == "cursor" for parameter in operation["parameters"]):
        found.add(422)
    if "requestBody" in operation:
        found |= {413, 415, 422}
    if versions.of(endpoint) is not None:
        found.add(412)
    if endpoint.method != "GET":
        found |= {404, 409, 422}  # a body names records, too
    return found


def _problem_response(status: int) -> dict[str, Any]:
    kinds = ", ".join(f"`{kind.slug}`" for kind in problem_kinds if kind.status == status)
    response: dict[str, Any] = {
        "description": f"{_TITLES[status]}: {kinds}.",
        "content": {CONTENT_TYPE: {"schema": {"$ref": _REF.format(model="Problem")}}},
    }
    if status in {429, 503}:
        response["headers"] = {
            "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "string", "pattern": "^[0-9]+$"}}
        }
    return response


def _without_null(parameter: dict[str, Any]) -> None:
    """A parameter is left out or given; there is no null in an address."""
    schema = parameter["schema"]
    parameter.pop("examples", None)  # a list here, a map in a parameter: tools stumble over it
    given = [each for each in schema.get("anyOf", []) if each != {"type": "null"}]
    if len(given) == 1 and len(schema["anyOf"]) > 1:
        del schema["anyOf"]
        schema.update(given[0])


_IF_MATCH = {
    "in": "header",
    "name": versions.HEADER,
    "required": False,
    "description": (
        "The `ETag` of the version you have read, with its quotation marks (several with commas between them, `*` for "
        "any): when the record is another one by now, nothing is changed and the answer is 412."
    ),
    "schema": {"type": "string", "minLength": 1, "maxLength": versions.LONGEST, "pattern": versions.PATTERN},
}
_IDEMPOTENCY_KEY = {
    "in": "header",
    "name": idempotency.HEADER,
    "required": False,
    "description": (
        "Any text you make up anew for each call, a UUID for example. The same call with the same key is carried out "
        "once: repeated within 24 hours it is given the first one's answer with `Idempotency-Replayed: true`."
    ),
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": idempotency.LONGEST,
        "pattern": idempotency.PATTERN,
    },
}

"""The assembled API: groups of endpoints become one NinjaAPI whose every failure is a problem (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
from typing import Any

from django.core import signals
from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict
from ninja import NinjaAPI, Router
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser
from pydantic_core import from_json
from typing_extensions import override

from deskbell.kernel.rest import failures, problems
from deskbell.kernel.rest.callers import Callers
from deskbell.kernel.rest.description import describe
from deskbell.kernel.rest.endpoints import Endpoint, Endpoints
from deskbell.kernel.rest.limits import Limits
from deskbell.kernel.rest.running import Gate, runner

logger = logging.getLogger(__name__)

RETRY_AFTER = "5"  # seconds


class StrictParser(Parser):
    """JSON by RFC 8259: no NaN, bounded nesting, and no guessing of encodings."""

    @override
    def parse_body(self, request: HttpRequest) -> Any:
        return _with_whole_numbers(from_json(request.body, allow_inf_nan=False))

    @override
    def parse_querydict(self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest) -> Any:
        return {name: data.getlist(name) if name in list_fields else data[name] for name in data}


def _with_whole_numbers(value: Any) -> Any:
    """The value with 5.0 as 5: JSON knows no difference, and some languages write every number like this."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, list):
        return [_with_whole_numbers(each) for each in value]
    if isinstance(value, dict):
        return {name: _with_whole_numbers(each) for name, each in value.items()}
    return value


class Service(NinjaAPI):
    """The API of one address. is_outage: whether an error says that the database is away just now.

    limits: how often it may be called; without them as often as anybody likes.
    """

    def __init__(
        self,
        groups: Iterable[Endpoints],
        callers: Callers,
        *,
        title: str,
        version: str,
        description: str,
        is_outage: Callable[[BaseException], bool],
        limits: Limits | None = None,
        namespace: str = "api",
    ) -> None:
        super().__init__(
            title=title,
            version=version,
            description=description,
            openapi_url=None,
            docs_url=None,
            urls_namespace=namespace,
            parser=StrictParser(),
        )
        self.groups = sorted(groups, key=lambda group: group.tag)
        self.endpoints: dict[str, Endpoint] = {}
        self._is_outage = is_outage
        self.add_router("", self._router(callers, limits or Limits()))
        self._handle_problems()

    def _router(self, callers: Callers, limits: Limits) -> Router:
        router = Router()
        # By path: "/tickets/bulk" has to be tried before "/tickets/{ticket_id}", and "{" sorts behind every letter.
        for endpoint in sorted(chain.from_iterable(group.all for group in self.groups), key=lambda each: each.path):
            if endpoint.operation_id in self.endpoints:
                raise LookupError(f"Two endpoints are called {endpoint.operation_id}.")
            self.endpoints[endpoint.operation_id] = endpoint
            gate = Gate(endpoint, callers, limits)
            router.add_api_operation(
                endpoint.path,
                [endpoint.method],
                endpoint.view,
                auth=gate,
                response={endpoint.status: endpoint.answer},
                operation_id=endpoint.operation_id,
                url_name=endpoint.operation_id,
                summary=endpoint.summary,
                tags=[endpoint.tag],
            )
            operation = router.path_operations[endpoint.path].operations[-1]
            for model in operation.models:
                source = model.__ninja_param_source__
                if source == "query":
                    several = set(getattr(model, "__ninja_collection_fields__", ()))
                    gate.query |= {name: name in several for name in getattr(model, "__ninja_flatten_map__", {})}
                gate.takes_body = gate.takes_body or source in {"body", "form", "file"}
            # The signature was read from the view itself; from now on it runs with what stands around it.
            operation.view_func = runner(endpoint)
        return router

    @override
    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        return describe(schema, self.groups, self.endpoints)

    def _handle_problems(self) -> None:
        self.add_exception_handler(Exception, self._broken)
        for error, answer in failures.ANSWERS.items():
            self.add_exception_handler(error, partial(_answer, answer=answer))

    def _broken(self, request: HttpRequest, error: Any) -> HttpResponse:
        if self._is_outage(error):
            logger.warning("No database for %s %s: %s", request.method, request.path, str(error).strip())
            return problems.respond(problems.DATABASE_AWAY, headers={"Retry-After": RETRY_AFTER})
        # Whoever listens for unforeseen errors (tests do) hears of this one as of any other.
        signals.got_request_exception.send(sender=type(self), request=request)
        logger.error("%s %s broke", request.method, request.path, exc_info=error)
        return problems.respond(problems.BROKEN)


def _answer(_request: HttpRequest, error: Exception, *, answer: Callable[[Any], HttpResponse]) -> HttpResponse:
    return answer(error)

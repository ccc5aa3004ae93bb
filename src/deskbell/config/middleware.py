"""Answers every response shares: security headers, a clear page without database, a limit on bodies."""

import logging
from collections.abc import Callable

import psycopg
import psycopg_pool
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from deskbell.config import errors

logger = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponseBase]

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' data: blob:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "media-src 'self'; "
    "manifest-src 'self'; "
    "worker-src 'self'; "
    "frame-src 'self'; "
    "object-src 'none'; "
    "base-uri 'none'; "
    "form-action 'self'; "
    "frame-ancestors 'none'"
)
PERMISSIONS_POLICY = (
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
    "publickey-credentials-get=(self), publickey-credentials-create=(self)"
)
RETRY_AFTER = "5"  # seconds; the database is usually back by then


def security_headers(get_response: Handler) -> Handler:
    """A view that needs another policy (the sandboxed mail body) sets the header itself and is left alone."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]:
            response.headers.setdefault("X-Frame-Options", "DENY")
        return response

    return middleware


def _is_unreachable(error: BaseException) -> bool:
    """Whether the error says that there is no database, not that a statement was wrong."""
    cause = error.__cause__
    if isinstance(error, psycopg_pool.PoolTimeout) or isinstance(cause, psycopg_pool.PoolTimeout):
        return True
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    # Locks, deadlocks, timeouts and a full disk come as OperationalError too, with codes of other classes.
    code = getattr(cause, "sqlstate", None)
    if code is None:
        return isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError)
    return str(code).startswith(("08", "57P"))


def database_unavailable(get_response: Handler) -> Handler:
    """Turns a missing database into 503 with Retry-After; the next request simply tries again."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        try:
            return get_response(request)
        except Exception as error:
            if not _is_unreachable(error):
                raise
            return unavailable(request, error)

    # Views' errors become responses further in, so they are also caught where they happen.
    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        return unavailable(request, error) if _is_unreachable(error) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]  # Django's hook on a function
    return middleware


def unavailable(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The 503 page."""
    logger.warning("No database for %s %s: %s", request.method, request.path, str(error).strip())
    response = errors.page(request, 503)
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def limit_body(get_response: Handler) -> Handler:
    """Refuses a body over the limit with 413 before any of it is read."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            return errors.page(request, 400)
        if length > settings.MAX_UPLOAD_BYTES:
            return errors.page(request, 413)
        return get_response(request)

    return middleware

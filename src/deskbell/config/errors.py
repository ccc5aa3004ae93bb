"""Pages for everything that goes wrong: a sentence, what to do, no jargon."""

import logging
import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _

from deskbell.config.outage import is_unreachable
from deskbell.kernel.rest import problems

logger = logging.getLogger(__name__)

RETRY_AFTER = "5"  # seconds; the database is usually back by then


def _words(status: int) -> tuple[str, str]:
    limit = settings.DESKBELL.max_upload_mb
    texts = {
        400: (_("This request could not be read"), _("Go back, reload the page and try again.")),
        403: (_("You have no access to this"), _("Ask an administrator if you need it.")),
        404: (
            _("There is nothing here"),
            _("The address may be mistyped, or the page was moved or removed."),
        ),
        413: (
            _("Too large to send"),
            _("One message can carry at most %(limit)s MB. Send less at once.") % {"limit": limit},
        ),
        429: (_("Too many tries"), _("Wait a few minutes, then try again.")),
        500: (_("Something broke on our side"), _("It was written to the log. Try again in a moment.")),
        503: (
            _("The desk cannot reach its database"),
            _("Nothing you saved is lost. Try again in a moment."),
        ),
    }
    return texts[status]


API = "/api/v1/"
_PROBLEMS = {
    400: problems.UNREADABLE_BODY,
    403: problems.NOT_ALLOWED,
    404: problems.NO_SUCH_ADDRESS,
    413: problems.BODY_TOO_LARGE,
    429: problems.TOO_MANY_CALLS,
    500: problems.BROKEN,
    503: problems.DATABASE_AWAY,
}


def page(request: HttpRequest, status: int) -> HttpResponse:
    """The page for a status; to programs, a problem. Falls back to bare HTML, so that it can never fail itself."""
    if request.path.startswith(API):
        return problems.respond(_PROBLEMS[status])
    title, advice = _words(status)
    context = {"status": status, "title": title, "advice": advice}
    try:
        # Without the request: its context processors would ask the very database that is away.
        body: str = render_to_string(f"errors/{status}.html", context, request if status < 500 else None)  # noqa: PLR2004
    except TemplateDoesNotExist:
        body = _bare(context)
    except Exception:
        logger.exception("The page for %s could not be drawn", status)
        body = _bare(context)
    return HttpResponse(body, status=status)


def _bare(context: dict[str, object]) -> str:
    return format_html(
        "<!doctype html><html><head><meta charset=utf-8><title>{title}</title></head>"
        "<body><h1>{title}</h1><p>{advice}</p><p>{status}</p></body></html>",
        **context,
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when a form field or upload went over the limit."""
    too_large = type(exception).__name__ in {"RequestDataTooBig", "TooManyFilesSent", "TooManyFieldsSent"}
    return page(request, 413 if too_large else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  (Django's signature)
    return page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  (Django's signature)
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 when it is the database that is away. Django calls this while it handles the exception."""
    error = sys.exc_info()[1]
    if not is_unreachable(error):
        return page(request, 500)
    logger.warning("No database for %s %s: %s", request.method, request.path, str(error).strip())
    response = page(request, 503)
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form older than its session: mostly a page left open over night."""
    logger.info("Refused a form at %s: %s", request.path, reason)
    return page(request, 403)

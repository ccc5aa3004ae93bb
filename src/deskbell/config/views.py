"""The door (`/`) and the two addresses load balancers ask."""

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from deskbell.kernel.api import ANONYMOUS


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Send people to where they work."""
    user = request.user
    if not user.is_authenticated:
        return redirect(settings.LOGIN_URL)
    viewer = getattr(request, "viewer", ANONYMOUS)
    return redirect("/desk/" if viewer.is_agent else "/portal/")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (Django's signature)
    """The process is alive. Asks nobody else, so that a missing database does not restart the web."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (Django's signature)
    """The database answers and has every migration; otherwise 503 with the reason."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception:  # noqa: BLE001  (whatever it is, this process is not ready)
        return HttpResponse("no database\n", status=503, content_type="text/plain")
    if waiting:
        return HttpResponse(f"{len(waiting)} migrations wait\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")

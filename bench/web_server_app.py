"""Two views for bench/web_server.py, served in each of the ways it compares."""

import os

import django
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from deskbell.config.installation.database import parse_url

if not settings.configured:
    settings.configure(
        SECRET_KEY="bench",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        DATABASES={
            "default": {
                **parse_url(os.environ["DATABASE_URL"]),
                "ENGINE": "django.db.backends.postgresql",
                "CONN_MAX_AGE": 0,
                "OPTIONS": {"pool": {"min_size": 4, "max_size": 6}},
            }
        },
    )
    django.setup()

from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application

from deskbell.config.web.bridge import WSGIBridge
from deskbell.config.web.environ import Scope
from deskbell.config.web.protocol import HTTPProtocol


def nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def query(_request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, relkind FROM pg_class ORDER BY oid LIMIT 20")
        return HttpResponse("\n".join(row[0] for row in cursor.fetchall()))


urlpatterns = [path("nothing", nothing), path("query", query)]

wsgi = get_wsgi_application()
asgi = get_asgi_application()
_bridge = WSGIBridge(wsgi, threads=4, body_limit=25_000_000)


async def rsgi(scope: Scope, protocol: HTTPProtocol) -> None:
    await _bridge(scope, protocol)

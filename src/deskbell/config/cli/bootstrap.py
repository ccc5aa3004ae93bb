"""What commands do before their own work: Django, a database that answers, an up-to-date schema."""

import gc
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from deskbell.config.installation.load import RoleName, take_role
from deskbell.config.installation.model import DeskbellSettings
from deskbell.config.postgres import Cluster, ClusterBusyError, ClusterError, Layout, embedded_url

_WAIT_SECONDS = 60.0


def set_up_django() -> None:
    """Load Django with our settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deskbell.config.settings")
    import django

    with _without_collecting():
        django.setup()


def set_up_pages() -> None:
    """Load Django and all that web, worker and intake need, to be shared by copies of this process.

    What is loaded only when it is first used would be loaded by each of them, in memory of its own.
    """
    set_up_django()
    with _without_collecting():
        from django.urls import get_resolver

        _ = get_resolver().url_patterns
        import deskbell.config.intake
        import deskbell.config.live_app
        import deskbell.config.web.app
        import deskbell.config.web.server
        import deskbell.config.worker  # noqa: F401
        from deskbell.config import rest
        from deskbell.ui import languages

        rest.door()
        languages.load()


def set_up_application() -> None:
    """What answers requests, to be shared as well. The static files have to be collected and the database to be there.

    One page is drawn: most of what is loaded late is loaded for the first one, whichever it is.
    """
    with _without_collecting():
        from wsgiref.util import setup_testing_defaults

        from django.conf import settings
        from django.urls import reverse
        from django.utils import translation

        from deskbell.config.wsgi import application

        host = urlsplit(settings.BASE_URL)
        environ: dict[str, Any] = {
            "PATH_INFO": reverse("account_login"), "HTTP_HOST": host.netloc, "wsgi.url_scheme": host.scheme,
            "REMOTE_ADDR": "127.0.0.1",
        }  # fmt: skip
        setup_testing_defaults(environ)
        with translation.override(settings.LANGUAGE_CODE):
            answer = application(environ, lambda _status, _headers, _error=None: lambda _data: None)
            answer.close()


# A page holds some two thousand objects while it is made: looking for garbage at every 700, as Python does, takes a
# twentieth of its processor time and finds nothing.
_MADE_BEFORE_COLLECTING = 5_000


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Hundreds of modules make no garbage, and the collector would look at all of them time and again.

    Behind the block it never looks at them, and less often than usual at what is made from then on.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(_MADE_BEFORE_COLLECTING)
        gc.enable()


def become(name: RoleName) -> None:
    """Give a process that is loaded already the settings of a role: its name and its pool of connections."""
    settings = take_role(name)
    from django.conf import settings as django_settings
    from django.db import connections

    from deskbell.config.installation.database import database

    fresh = database(settings, embedded_url(django_settings.DATA_DIR))
    connections["default"].settings_dict["OPTIONS"] = fresh["OPTIONS"]


@contextmanager
def reachable_database(settings: DeskbellSettings) -> Iterator[None]:
    """The embedded database for the length of a block: the running one, or one started for it.

    Raises ClusterError when it does not start. With DATABASE_URL there is nothing to do.
    """
    if settings.database_url is not None:
        yield
        return
    cluster = Cluster(Layout.below(settings.place))
    deadline = time.monotonic() + _WAIT_SECONDS
    while not cluster.answers():
        try:
            cluster.start()
        except ClusterBusyError:
            # Somebody else is starting or stopping it just now.
            if time.monotonic() > deadline:
                raise ClusterError("The database is held by another Deskbell and does not answer.") from None
            time.sleep(0.1)
        else:
            break
    try:
        yield
    finally:
        cluster.stop()


def pending_migrations() -> int:
    """How many migrations the database still lacks."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> int:
    """Bring the database up to date; how many steps it took."""
    from django.core.management import call_command
    from django.db import connection

    steps = pending_migrations()
    if steps:
        call_command("migrate", interactive=False, verbosity=0)
    if "deskbell_cache" not in connection.introspection.table_names():
        call_command("createcachetable", verbosity=0)
    return steps

"""Django as WSGI application: every page and endpoint except the live streams."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deskbell.config.settings")

application = get_wsgi_application()

"""Django's settings module, built from DeskbellSettings (model.py). Read settings through django.conf."""

import sys
from urllib.parse import urlsplit

from deskbell.config.installation.database import database
from deskbell.config.installation.load import load_settings, secret_key
from deskbell.config.postgres import embedded_url
from deskbell.config.settings.django import *  # noqa: F403
from deskbell.config.settings.django import LANGUAGE_NAMES
from deskbell.config.settings.files import file_storage
from deskbell.config.settings.logs import logging_config

DESKBELL = load_settings()
DATA_DIR = DESKBELL.place
BASE_URL = DESKBELL.address
_SECURE = BASE_URL.startswith("https://")

DEBUG = False
SECRET_KEY = secret_key(DESKBELL)
DATABASES = {"default": database(DESKBELL, embedded_url(DATA_DIR))}

ALLOWED_HOSTS = [
    urlsplit(BASE_URL).hostname or "",
    "localhost",
    "127.0.0.1",
    "[::1]",
    *DESKBELL.allowed_hosts,
]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
# Two desks on one host (a demo beside a real one) must not sign each other out: cookies ignore the port.
_COOKIE = f"{'__Host-' if _SECURE else ''}deskbell{'_demo' if DESKBELL.demo else ''}"
SESSION_COOKIE_NAME = f"{_COOKIE}_session"
CSRF_COOKIE_NAME = f"{_COOKIE}_csrf"
LANGUAGE_COOKIE_NAME = "deskbell_language"
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE else 0
if DESKBELL.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = False
ALLAUTH_TRUSTED_PROXY_COUNT = DESKBELL.trusted_proxies
# Passkeys need https except on the loopback names, which browsers trust.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _SECURE

LANGUAGES = [(code, LANGUAGE_NAMES[code]) for code in DESKBELL.languages]
LANGUAGE_CODE = DESKBELL.languages[0]
DEFAULT_USER_TIME_ZONE = DESKBELL.time_zone

STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
TEMPLATES_KEPT_IN = DATA_DIR / "templates"  # compiled; see ui/folding/kept
_PLAIN_STATIC = "pytest" in sys.modules  # tests do not collect static files first
STORAGES = {
    "default": file_storage(DESKBELL),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if _PLAIN_STATIC
        else "deskbell.ui.storage.StaticStorage"
    },
}
MAX_UPLOAD_BYTES = DESKBELL.max_upload_mb * 1_000_000
# Tests call faster than anybody; those of the limits make services of their own.
API_CALLS_PER_MINUTE, API_WRONG_TOKENS_PER_MINUTE = (
    (0, 0) if "pytest" in sys.modules else (DESKBELL.api_calls_per_minute, DESKBELL.api_wrong_tokens_per_minute)
)
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_UPLOAD_BYTES

DEFAULT_FROM_EMAIL = SERVER_EMAIL = DESKBELL.sender
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if DESKBELL.smtp_host
    else "deskbell.config.mail_backend.NotConfiguredBackend"
)
EMAIL_HOST = DESKBELL.smtp_host
EMAIL_PORT = DESKBELL.smtp_port
EMAIL_HOST_USER = DESKBELL.smtp_user
EMAIL_HOST_PASSWORD = DESKBELL.smtp_password.get_secret_value()
EMAIL_USE_TLS = DESKBELL.smtp_security == "starttls"
EMAIL_USE_SSL = DESKBELL.smtp_security == "tls"
EMAIL_TIMEOUT = 20  # seconds

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": DESKBELL.worker_concurrency}

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logging_config(DESKBELL)

"""Django's own settings that do not depend on the installation: apps, templates, sign-in, formats."""

from pathlib import Path
from typing import Any

from deskbell.config.installation.model import LANGUAGES as _NAMES

PACKAGE = Path(__file__).resolve().parents[2]

INSTALLED_APPS = [
    "deskbell.config.apps.ConfigConfig",
    "deskbell.ui.apps.UiConfig",
    "deskbell.kernel.apps.KernelConfig",
    "deskbell.live.apps.LiveConfig",
    "deskbell.search.apps.SearchConfig",
    "deskbell.people.apps.PeopleConfig",
    "deskbell.tickets.apps.TicketsConfig",
    "deskbell.channels.apps.ChannelsConfig",
    "deskbell.webhooks.apps.WebhooksConfig",
    "deskbell.account.apps.AccountConfig",
    "deskbell.portal.apps.PortalConfig",
    "deskbell.agent.apps.AgentConfig",
    "deskbell.console.apps.ConsoleConfig",
    "deskbell.demo.apps.DemoConfig",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "deskbell.config.middleware.security_headers",
    "deskbell.config.rest.for_programs",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "deskbell.people.middleware.signed_in",
    "deskbell.people.middleware.viewer_middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "deskbell.config.middleware.limit_body",
    "allauth.account.middleware.AccountMiddleware",
    "deskbell.account.middleware.session_activity",
    "deskbell.account.middleware.require_second_factor",
]

_CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "deskbell.ui.context.desk",
]

# Jinja2 first: a page of ours in a `jinja2` folder wins over allauth's own of the same name.
TEMPLATES: list[dict[str, Any]] = [
    {
        "NAME": "jinja2",
        "BACKEND": "deskbell.ui.folding.backend.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "deskbell.ui.jinja.environments",
            "context_processors": _CONTEXT_PROCESSORS,
        },
    },
    {
        "NAME": "django",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT_PROCESSORS},
    },
]

ROOT_URLCONF = "deskbell.config.urls"
WSGI_APPLICATION = "deskbell.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Shared by all web processes, or a rate limit would count each process apart.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "deskbell_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

USE_TZ = True
USE_I18N = True
TIME_ZONE = "UTC"
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_NAMES = _NAMES

STATIC_URL = "/static/"
CSRF_FAILURE_VIEW = "deskbell.config.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_ENGINE = "deskbell.people.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024  # bytes; larger uploads go to disk while they arrive
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- sign-in (django-allauth)
AUTH_USER_MODEL = "people.User"
# The address is unique without regard to case, by a constraint on Lower("email"); the check looks at the field alone.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_ADAPTER = "deskbell.account.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "deskbell.account.forms.LoginForm",
    "request_login_code": "deskbell.account.forms.RequestLoginCodeForm",
    "confirm_login_code": "deskbell.account.forms.ConfirmLoginCodeForm",
    "reset_password": "deskbell.account.forms.ResetPasswordForm",
    "reset_password_from_key": "deskbell.account.forms.ResetPasswordKeyForm",
    "change_password": "deskbell.account.forms.ChangePasswordForm",
    "set_password": "deskbell.account.forms.SetPasswordForm",
    "reauthenticate": "deskbell.account.forms.ReauthenticateForm",
}
MFA_ADAPTER = "deskbell.account.second_factor.MFAAdapter"
MFA_FORMS = {
    "authenticate": "deskbell.account.forms.AuthenticateForm",
    "reauthenticate": "deskbell.account.forms.ReauthenticateCodeForm",
    "activate_totp": "deskbell.account.forms.ActivateTOTPForm",
    "add_webauthn": "deskbell.account.forms.AddWebAuthnForm",
    "edit_webauthn": "deskbell.account.forms.EditWebAuthnForm",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address of ours is confirmed by a contact point, not by allauth
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are added by staff or by mail they really sent
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600  # seconds
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900  # seconds
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_TEMPLATE_EXTENSION = "html"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
USERSESSIONS_TRACK_ACTIVITY = True

"""How django-allauth behaves in Deskbell."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import override

from deskbell.account.notices import NOTICES
from deskbell.account.rate_limits import too_many_requests
from deskbell.kernel.api import Invalid
from deskbell.people import api as people

# The mails of allauth that carry something to use, by allauth's name for them.
MAILS = {
    "account/email/login_code": "account/mail/login_code.txt",
    "account/email/password_reset_key": "account/mail/password_reset.txt",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-in by mail address, password, code or passkey; accounts are made elsewhere (`views.sign_up`)."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("This account is not active. Ask a colleague who manages people."),
        "email_password_mismatch": gettext_lazy("Mail address and password do not belong together."),
        "enter_current_password": gettext_lazy("This is not your current password."),
        "incorrect_code": gettext_lazy("This code is not right. Look at it again, or ask for a new one."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "invalid_password_reset": gettext_lazy("This link was used already or is too old."),
        "rate_limited": gettext_lazy("Too many tries. Wait a minute, then try again."),
        "too_many_login_attempts": gettext_lazy("Too many wrong tries. Wait a few minutes, then try again."),
    }

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        # Our own sign-up (views.sign_up) stands at the same address and confirms the mail address first.
        return False

    @override
    def clean_email(self, email: str) -> str:
        try:
            return people.normalise_email(email)
        except Invalid as problem:
            raise self.validation_error_text(str(problem)) from None

    def validation_error_text(self, text: str) -> Exception:
        from django.core.exceptions import ValidationError

        return ValidationError(text)

    @override
    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords are counted by address and by machine; past the limit the answer says how long."""
        from django.core.exceptions import ValidationError

        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            key = self._get_login_attempts_cache_key(request, **credentials)
            raise ImmediateHttpResponse(too_many_requests(request, key=key)) from None

    @override
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        user = context.get("user") or people.find_by_contact(people.ContactKind.EMAIL, email)
        template = MAILS.get(template_prefix)
        if template is None:
            return
        people.mail_person(user, email, template, context)

    @override
    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell a person what changed about their sign-in; whoever did not do it learns of it."""
        notice = NOTICES.get(template_prefix.rpartition("/")[2])
        address = email or getattr(user, "email", None)
        if notice is None or not address or not isinstance(user, people.User):
            return
        security = self.request.build_absolute_uri(reverse("mfa_index"))
        details = {"notice": notice, "ip": self.get_client_ip(self.request), "link": security}
        people.mail_person(user, address, "account/mail/notice.txt", details)

    @override
    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    @override
    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Allauth's own messages ("Successfully signed in as …") say less than the page; ours are few."""
        name = (message_template or "").rpartition("/")[2]
        text = message or _messages().get(name)
        if text:
            super().add_message(request, level, message=text, extra_tags=extra_tags)


def _messages() -> dict[str, str]:
    return {
        "password_changed.txt": _("Your password is changed."),
        "password_set.txt": _("Your password is set."),
        "totp_activated.txt": _("The authenticator app is set up."),
        "totp_deactivated.txt": _("The authenticator app is removed."),
        "webauthn_added.txt": _("The passkey is added."),
        "webauthn_removed.txt": _("The passkey is removed."),
        "recovery_codes_generated.txt": _("There are new recovery codes. The old ones no longer work."),
        "sessions_logged_out.txt": _("You are signed out everywhere else."),
    }

"""The forms of django-allauth with our words, and the forms of our own pages."""

from __future__ import annotations

from typing import Any, cast

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.conf import settings
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from deskbell.account.time_zones import time_zone_choices
from deskbell.kernel.api import Invalid, scopes
from deskbell.people import api as people

LABELS = {
    "login": _("Mail address"),
    "email": _("Mail address"),
    "password": _("Password"),
    "password1": _("New password"),
    "oldpassword": _("Current password"),
    "code": _("Code"),
    "name": _("Name of the passkey"),
}
LIVES = (7, 30, 90, 180, 365)  # days a token may be made for
USUAL_LIFE = 90  # days
PASSWORD_HELP = _("At least 10 characters. A short sentence is easier to remember than a word with digits.")


class PlainMixin(forms.Form):
    """Our labels, no placeholders, and the password once: the browser can show it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            field.help_text = PASSWORD_HELP if name == "password1" else ""

    def normalised(self, name: str) -> str:
        """The address as people's contact points have it; what is none stays, and is found with nobody."""
        value: str = self.cleaned_data[name]
        try:
            return people.normalise_email(value)
        except Invalid:
            return value.strip().lower()


class LoginForm(PlainMixin, account_forms.LoginForm):  # type: ignore[misc]
    @override
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"

    def clean_login(self) -> str:
        return self.normalised("login")


class RequestLoginCodeForm(PlainMixin, account_forms.RequestLoginCodeForm):  # type: ignore[misc]
    def clean_email(self) -> str:
        self.cleaned_data["email"] = self.normalised("email")
        return str(super().clean_email())


class ResetPasswordForm(PlainMixin, account_forms.ResetPasswordForm):  # type: ignore[misc]
    def clean_email(self) -> str:
        self.cleaned_data["email"] = self.normalised("email")
        return str(super().clean_email())


class ResetPasswordKeyForm(PlainMixin, account_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(PlainMixin, account_forms.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPasswordForm(PlainMixin, account_forms.SetPasswordForm):  # type: ignore[misc]
    pass


class ConfirmLoginCodeForm(PlainMixin, account_forms.ConfirmLoginCodeForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(PlainMixin, account_forms.ReauthenticateForm):  # type: ignore[misc]
    pass


class AuthenticateForm(PlainMixin, mfa_forms.AuthenticateForm):  # type: ignore[misc]
    pass


class ReauthenticateCodeForm(PlainMixin, mfa_forms.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateTOTPForm(PlainMixin, totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    pass


class AddWebAuthnForm(PlainMixin, webauthn_forms.AddWebAuthnForm):  # type: ignore[misc]
    """Every passkey may sign in alone: that is what people expect of one."""

    @override
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True


class EditWebAuthnForm(PlainMixin, webauthn_forms.EditWebAuthnForm):  # type: ignore[misc]
    pass


class ProfileForm(forms.Form):
    """What everybody sets for themselves."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zone_choices)
    theme = forms.ChoiceField(label=_("Colours"), choices=people.Theme.choices)
    density = forms.ChoiceField(label=_("Lists"), choices=people.Density.choices)


class NewPasswordForm(forms.Form):
    """A password somebody chooses by a link; the action checks it against the person."""

    password = forms.CharField(
        label=_("Password"),
        help_text=PASSWORD_HELP,
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class SetUpForm(forms.Form):
    """The desk's first administrator."""

    desk_name = forms.CharField(label=_("Name of the desk"), max_length=100, help_text=_("As in “Acme help desk”."))
    department = forms.CharField(
        label=_("First department"), max_length=200, help_text=_("As in “Support”. More can follow later.")
    )
    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.CharField(
        label=_("Your mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=PASSWORD_HELP,
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zone_choices)


class SignUpForm(forms.Form):
    """A customer registers; the rest is asked after the address is confirmed."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.CharField(
        label=_("Mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class AbsenceForm(forms.Form):
    """Away from the start of the first day until the end of the last one, in the person's own zone."""

    first_day = forms.DateField(label=_("First day away"), widget=forms.DateInput())
    last_day = forms.DateField(label=_("Last day away"), widget=forms.DateInput())
    substitute = forms.CharField(
        label=_("Substitute"),
        required=False,
        max_length=254,
        help_text=_("Mail address of the colleague who stands in for you."),
        widget=forms.EmailInput(),
    )
    note = forms.CharField(label=_("Note for colleagues"), required=False, max_length=200)


class TokenForm(forms.Form):
    """A new API token. longest: days it may live; 0 for without an end."""

    name = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("What uses it, as in “Nightly export” or “Phone system”.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        help_text=_("Never more than you may do yourself. Choose as little as the program needs."),
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.ChoiceField(label=_("Works for"), initial=str(USUAL_LIFE))

    def __init__(self, *args: Any, longest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choosable = cast("forms.MultipleChoiceField", self.fields["scopes"])
        choosable.choices = [(scope.name, f"{scope.label} · {scope.name}") for scope in scopes]
        lives = sorted({days for days in LIVES if not longest or days <= longest} | ({longest} if longest else set()))
        named = [(str(days), ngettext("%(num)s day", "%(num)s days", days) % {"num": days}) for days in lives]
        life = cast("forms.ChoiceField", self.fields["days"])
        life.choices = [*named, *([] if longest else [("0", gettext("Until it is revoked"))])]
        if longest and longest < USUAL_LIFE:
            life.initial = str(longest)

"""Forms about mailboxes and the texts the desk sends by itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from deskbell.channels import api as channels
from deskbell.console.forms.fields import Choices, IdField, LinesField

LARGEST_PORT = 65_535
KEPT = gettext_lazy("Kept encrypted and never shown. Empty: it stays as it is.")
VERIFY = gettext_lazy("Check the server's certificate")
VERIFY_HELP = gettext_lazy("Switch off only for a server of your own whose certificate nobody signed.")


class MailboxForm(forms.Form):
    """One mailbox; the page draws the three groups of fields one by one."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=200, required=False, help_text=gettext_lazy("Empty: the address.")
    )
    address = forms.CharField(
        label=gettext_lazy("Address"), max_length=254, help_text=gettext_lazy("As in support@example.org.")
    )
    aliases = LinesField(
        label=gettext_lazy("Further addresses"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One a line. Mail to them arrives in this mailbox too."),
    )
    department_id = IdField(
        label=gettext_lazy("Department"),
        empty=gettext_lazy("Choose a department"),
        help_text=gettext_lazy("New tickets from this mailbox go there."),
    )
    default_kind_id = IdField(label=gettext_lazy("Kind of new tickets"), required=False, empty=gettext_lazy("Question"))
    sender_name = forms.CharField(
        label=gettext_lazy("Sender's name"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Stands before the address in answers. Empty: the name of the mailbox."),
    )
    plus_addressing = forms.BooleanField(
        label=gettext_lazy("Answers go to an address of their own ticket (desk+…@)"),
        required=False,
        initial=True,
        help_text=gettext_lazy("The surest way to find the ticket. Switch off if your server refuses such addresses."),
    )
    acknowledges = forms.BooleanField(
        label=gettext_lazy("Acknowledge new tickets"),
        required=False,
        initial=True,
        help_text=gettext_lazy("One mail for each new ticket, from the template of its department and language."),
    )

    protocol = forms.ChoiceField(label=gettext_lazy("How mail comes in"), choices=channels.Protocol.choices)
    in_host = forms.CharField(label=gettext_lazy("Server"), max_length=253, required=False)
    in_security = forms.ChoiceField(
        label=gettext_lazy("Encryption"), choices=channels.SecurityChoice.choices, initial="tls"
    )
    in_port = forms.IntegerField(
        label=gettext_lazy("Port"),
        initial=993,
        min_value=1,
        max_value=LARGEST_PORT,
        help_text=gettext_lazy("IMAP 993, POP3 995 with TLS."),
    )
    in_verify = forms.BooleanField(label=VERIFY, required=False, initial=True, help_text=VERIFY_HELP)
    in_user = forms.CharField(label=gettext_lazy("User name"), max_length=254, required=False)
    in_password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=1000,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=KEPT,
    )
    folder = forms.CharField(
        label=gettext_lazy("Folder"),
        max_length=254,
        required=False,
        initial="INBOX",
        help_text=gettext_lazy("IMAP only."),
    )
    after_reading = forms.ChoiceField(
        label=gettext_lazy("After a mail was taken in"),
        choices=channels.AfterReading.choices,
        help_text=gettext_lazy("Deskbell has its own copy by then, whole and unchanged."),
    )
    move_to = forms.CharField(
        label=gettext_lazy("Folder to move it to"), max_length=254, required=False, help_text=gettext_lazy("IMAP only.")
    )
    poll_seconds = forms.IntegerField(
        label=gettext_lazy("Look every so many seconds"),
        min_value=10,
        max_value=86_400,
        initial=60,
        help_text=gettext_lazy("IMAP servers that can tell of new mail are not asked: it arrives at once."),
    )

    out_host = forms.CharField(
        label=gettext_lazy("Server"),
        max_length=253,
        required=False,
        help_text=gettext_lazy("Empty: the sending server set where Deskbell is installed."),
    )
    out_security = forms.ChoiceField(
        label=gettext_lazy("Encryption"), choices=channels.SecurityChoice.choices, initial="starttls"
    )
    out_port = forms.IntegerField(
        label=gettext_lazy("Port"),
        initial=587,
        help_text=gettext_lazy("587 goes with STARTTLS, 465 with TLS from the beginning."),
        min_value=1,
        max_value=LARGEST_PORT,
    )
    out_verify = forms.BooleanField(label=VERIFY, required=False, initial=True, help_text=VERIFY_HELP)
    out_user = forms.CharField(label=gettext_lazy("User name"), max_length=254, required=False)
    out_password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=1000,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=KEPT,
    )

    def __init__(self, *args: Any, departments: Choices, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        department, kind = self.fields["department_id"], self.fields["default_kind_id"]
        assert isinstance(department, IdField)
        assert isinstance(kind, IdField)
        department.offer(departments)
        kind.offer(kinds)


class RetryForm(forms.Form):
    """Process a parked mail again, as if it had come to a mailbox."""

    mailbox_id = IdField(label=gettext_lazy("As mail to"), required=False, empty=gettext_lazy("the mailbox it came to"))

    def __init__(self, *args: Any, mailboxes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mailbox = self.fields["mailbox_id"]
        assert isinstance(mailbox, IdField)
        mailbox.offer(mailboxes)


class DeliverForm(forms.Form):
    """Put a parked mail into a ticket."""

    ticket = forms.CharField(
        label=gettext_lazy("Ticket"), max_length=20, help_text=gettext_lazy("Its number, as in #10042.")
    )


class TemplateForm(forms.Form):
    """An acknowledgement; department and language are asked once."""

    department_id = IdField(
        label=gettext_lazy("Department"),
        required=False,
        empty=gettext_lazy("Every department without one of its own"),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=300)
    body = forms.CharField(
        label=gettext_lazy("Text"), max_length=20_000, strip=False, widget=forms.Textarea(attrs={"rows": 12})
    )
    is_active = forms.BooleanField(
        label=gettext_lazy("In use"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Switched off, the common text takes its place."),
    )

    def __init__(self, *args: Any, departments: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        department = self.fields["department_id"]
        assert isinstance(department, IdField)
        department.offer(departments)
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]

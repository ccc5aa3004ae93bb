"""What a state means for the person who asked, and what happens next."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskbell.tickets.api import Kind, StateCategory


def next_step(category: str, *, waits_for_me: bool, department: str) -> str:
    """A sentence under the state."""
    if waits_for_me:
        return _("We have a question for you. Answer it, and we go on.")
    words = {
        StateCategory.NEW: _("%(department)s has it. Somebody reads it next and answers here and by mail."),
        StateCategory.ACTIVE: _("Somebody at %(department)s is working on it. You hear from us here and by mail."),
        StateCategory.WAITING: _("We wait for somebody else and come back to you."),
        StateCategory.RESOLVED: _("We think this is solved. Write to us if it is not."),
        StateCategory.CLOSED: _("This is closed."),
        StateCategory.CANCELLED: _("This was called off."),
    }
    return words[StateCategory(category)] % {"department": department}


def state_words(state: str, *, waits_for_me: bool) -> str:
    """The state's name for the person who asked; what waits for them says so, whatever the state is called."""
    return _("Waiting for your answer") if waits_for_me else state


_KINDS = {
    "incident": gettext_lazy("Something is broken"),
    "request": gettext_lazy("I need something"),
    "question": gettext_lazy("I have a question"),
    "complaint": gettext_lazy("I want to complain"),
    "suggestion": gettext_lazy("I have an idea"),
    "security_incident": gettext_lazy("Report a security problem"),
}


def kind_words(kind: Kind) -> str:
    """A kind as somebody outside would say it; kinds of one's own go by their name."""
    return str(_KINDS.get(kind.code, "")) or str(kind)

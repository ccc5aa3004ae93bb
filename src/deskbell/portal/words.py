"""What a state means for the person who asked, and what happens next."""

from __future__ import annotations

from django.utils.translation import gettext as _

from deskbell.tickets.api import StateCategory


def next_step(category: str, *, waits_for_me: bool, department: str) -> str:
    """A sentence under the state."""
    if waits_for_me:
        return _("We have a question for you. Answer it, and we go on.")
    words = {
        StateCategory.NEW: _("%(department)s has it. Somebody reads it next and answers here and by mail."),
        StateCategory.ACTIVE: _("Somebody at %(department)s is working on it. You hear from us here and by mail."),
        StateCategory.WAITING: _("We wait for somebody else and come back to you."),
        StateCategory.RESOLVED: _("We think this is solved. Write to us below if it is not."),
        StateCategory.CLOSED: _("This is closed."),
        StateCategory.CANCELLED: _("This was called off."),
    }
    return words[StateCategory(category)] % {"department": department}

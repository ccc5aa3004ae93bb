"""Events of the demonstration: from them a broken-off build knows how far it came."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskbell.kernel.api import EventData, NoData, event_kind


class Begun(EventData):
    """What the plan follows from. until: ISO 8601."""

    seed: int
    until: str
    tickets: int
    share: float


BEGUN = event_kind("demo.begun", _("Demonstration begun"), Begun)
FINISHED = event_kind("demo.finished", _("Demonstration finished"), NoData)

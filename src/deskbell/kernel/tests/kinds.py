"""Event kinds for the kernel's own tests."""

from deskbell.kernel.api import EventData, event_kind


class Happened(EventData):
    what: str = ""
    count: int = 0


HAPPENED = event_kind("probe.happened", "Something happened", Happened)
FILLED = event_kind("probe.filled", "Something with many shapes happened", Happened)

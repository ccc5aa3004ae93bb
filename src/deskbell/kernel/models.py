"""All models of the kernel, for Django's app loading."""

from deskbell.kernel.events.models import ActorKind, CauseKind, Event
from deskbell.kernel.files.models import StoredFile
from deskbell.kernel.options import OptionValue

__all__ = ["ActorKind", "CauseKind", "Event", "OptionValue", "StoredFile"]

"""All models of the kernel, for Django's app loading."""

from deskbell.kernel.events.models import ActorKind, CauseKind, Event, EventRow, EventShape
from deskbell.kernel.files.models import StoredFile
from deskbell.kernel.options import OptionValue
from deskbell.kernel.rest.models import IdempotentAnswer

__all__ = ["ActorKind", "CauseKind", "Event", "EventRow", "EventShape", "IdempotentAnswer", "OptionValue", "StoredFile"]

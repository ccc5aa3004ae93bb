"""The only door of the kernel for other packages."""

from deskbell.kernel import clock, reference
from deskbell.kernel.access import (
    ANONYMOUS,
    SYSTEM,
    Permission,
    Policy,
    Scope,
    Viewer,
    get_visible,
    may,
    on_behalf_of,
    permissions,
    policies,
    require,
    scopes,
    visible,
)
from deskbell.kernel.changes import UNCHANGED, Unchanged, apply, as_json
from deskbell.kernel.errors import Conflict, DeskbellError, Invalid, NotAllowed, NotFound
from deskbell.kernel.events.kinds import EventData, EventKind, NoData, event_kind, event_kinds
from deskbell.kernel.events.log import Cause, as_history, caused_by, is_history, record
from deskbell.kernel.events.models import ActorKind, CauseKind, Event
from deskbell.kernel.events.subscribers import after_commit, after_commit_subscribers, in_transaction
from deskbell.kernel.files.models import StoredFile
from deskbell.kernel.files.store import open_file, read, store
from deskbell.kernel.insertion import insertion, next_ids
from deskbell.kernel.options import CHANGE_OPTIONS, DESK_NAME, Option, OptionValue, change, declare, options, values
from deskbell.kernel.registry import DuplicateEntry, Registry, UnknownEntry
from deskbell.kernel.secrets import SecretField
from deskbell.kernel.text import one_line, storable, storable_json
from deskbell.kernel.together import at_the_end, gathered, run, send, together

__all__ = [
    "ANONYMOUS",
    "CHANGE_OPTIONS",
    "DESK_NAME",
    "SYSTEM",
    "UNCHANGED",
    "ActorKind",
    "Cause",
    "CauseKind",
    "Conflict",
    "DeskbellError",
    "DuplicateEntry",
    "Event",
    "EventData",
    "EventKind",
    "Invalid",
    "NoData",
    "NotAllowed",
    "NotFound",
    "Option",
    "OptionValue",
    "Permission",
    "Policy",
    "Registry",
    "Scope",
    "SecretField",
    "StoredFile",
    "Unchanged",
    "UnknownEntry",
    "Viewer",
    "after_commit",
    "after_commit_subscribers",
    "apply",
    "as_history",
    "as_json",
    "at_the_end",
    "caused_by",
    "change",
    "clock",
    "declare",
    "event_kind",
    "event_kinds",
    "gathered",
    "get_visible",
    "in_transaction",
    "insertion",
    "is_history",
    "may",
    "next_ids",
    "on_behalf_of",
    "one_line",
    "open_file",
    "options",
    "permissions",
    "policies",
    "read",
    "record",
    "reference",
    "require",
    "run",
    "scopes",
    "send",
    "storable",
    "storable_json",
    "store",
    "together",
    "values",
    "visible",
]

"""Every kind of event that happens to a ticket. Names are stored for ever; fields are only ever added."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskbell.kernel.api import EventData, NoData, event_kind


class Created(EventData):
    """Written before the event of the first message."""

    channel: str
    department_id: int
    requester_id: int
    split_from_id: int | None = None


class MessageAdded(EventData):
    """kind, direction, channel: as on the Message. mentioned: ids of colleagues named in it."""

    message_id: int
    kind: str
    direction: str
    channel: str
    automatic: bool = False
    mentioned: list[int] = []


class StateChanged(EventData):
    """category_before, category_after: the fixed categories, so that clocks need no lookup."""

    category_before: str
    category_after: str
    reopened: bool = False
    message_id: int | None = None


class Transferred(EventData):
    """kept_access: the department handed over from may still read and add notes."""

    department_before_id: int
    department_after_id: int
    kept_access: bool = False
    message_id: int | None = None


class Referred(EventData):
    department_id: int | None = None
    user_id: int | None = None
    can_work: bool = False


class PersonInvolved(EventData):
    user_id: int
    role: str = ""


class Linked(EventData):
    other_id: int
    kind: str
    is_source: bool


class Merged(EventData):
    merge_id: int
    other_id: int
    message_ids: list[int]


class Split(EventData):
    other_id: int
    message_id: int


class DeliveryChanged(EventData):
    message_id: int
    state: str
    error: str = ""


class ConfigChanged(EventData):
    """table: the kind of row ("state", "category", …). name: what it was called."""

    table: str
    name: str = ""


CREATED = event_kind("ticket.created", _("Ticket created"), Created)
MESSAGE_ADDED = event_kind("ticket.message_added", _("Message added"), MessageAdded)
STATE_CHANGED = event_kind("ticket.state_changed", _("State changed"), StateChanged)
ASSIGNED = event_kind("ticket.assigned", _("Assignee changed"), NoData)
OWNER_CHANGED = event_kind("ticket.owner_changed", _("Owner changed"), NoData)
CLASSIFIED = event_kind("ticket.classified", _("Classification changed"), NoData)
SUBJECT_CHANGED = event_kind("ticket.subject_changed", _("Subject changed"), NoData)
REQUESTER_CHANGED = event_kind("ticket.requester_changed", _("Person who asked changed"), NoData)
FIELDS_CHANGED = event_kind("ticket.fields_changed", _("Fields changed"), NoData)
TAGGED = event_kind("ticket.tagged", _("Tags changed"), NoData)
TRANSFERRED = event_kind("ticket.transferred", _("Handed over"), Transferred)
REFERRED = event_kind("ticket.referred", _("Access given"), Referred)
REFERRAL_ENDED = event_kind("ticket.referral_ended", _("Access ended"), Referred)
PARTICIPANT_ADDED = event_kind("ticket.participant_added", _("Participant added"), PersonInvolved)
PARTICIPANT_REMOVED = event_kind("ticket.participant_removed", _("Participant removed"), PersonInvolved)
WATCHED = event_kind("ticket.watched", _("Somebody watches"), PersonInvolved)
UNWATCHED = event_kind("ticket.unwatched", _("Somebody no longer watches"), PersonInvolved)
LINKED = event_kind("ticket.linked", _("Linked"), Linked)
UNLINKED = event_kind("ticket.unlinked", _("Link removed"), Linked)
MERGED = event_kind("ticket.merged", _("Merged"), Merged)
UNMERGED = event_kind("ticket.unmerged", _("Merge undone"), Merged)
SPLIT = event_kind("ticket.split", _("Split"), Split)
DELIVERY_CHANGED = event_kind("ticket.delivery_changed", _("Delivery changed"), DeliveryChanged)

CONFIG_CHANGED = event_kind("config.changed", _("A setting of tickets was changed"), ConfigChanged)
CONFIG_REMOVED = event_kind("config.removed", _("A setting of tickets was removed"), ConfigChanged)

ALL_KINDS = (
    CREATED, MESSAGE_ADDED, STATE_CHANGED, ASSIGNED, OWNER_CHANGED, CLASSIFIED, SUBJECT_CHANGED, REQUESTER_CHANGED,
    FIELDS_CHANGED, TAGGED, TRANSFERRED, REFERRED, REFERRAL_ENDED, PARTICIPANT_ADDED, PARTICIPANT_REMOVED, WATCHED,
    UNWATCHED, LINKED, UNLINKED, MERGED, UNMERGED, SPLIT, DELIVERY_CHANGED,
)  # fmt: skip

NAMES = frozenset(kind.name for kind in ALL_KINDS)

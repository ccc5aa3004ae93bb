"""All models of tickets, for Django's app loading."""

from deskbell.tickets.models.attachment_text import AttachmentText, TextProblem, TextState
from deskbell.tickets.models.classification import (
    Category,
    Impact,
    Kind,
    Priority,
    PriorityCell,
    Urgency,
)
from deskbell.tickets.models.custom_field import CustomField, FieldType
from deskbell.tickets.models.draft import Draft
from deskbell.tickets.models.involved import (
    Mention,
    Participant,
    ParticipantRole,
    Referral,
    TicketRead,
    Watcher,
)
from deskbell.tickets.models.link import LinkKind, Merge, TicketLink
from deskbell.tickets.models.message import (
    Attachment,
    Channel,
    DeliveryState,
    Direction,
    Message,
    MessageKind,
)
from deskbell.tickets.models.state import State, StateCategory, Transition, WaitingReason, WaitingSide
from deskbell.tickets.models.ticket import Ticket

__all__ = [
    "Attachment",
    "AttachmentText",
    "Category",
    "Channel",
    "CustomField",
    "DeliveryState",
    "Direction",
    "Draft",
    "FieldType",
    "Impact",
    "Kind",
    "LinkKind",
    "Mention",
    "Merge",
    "Message",
    "MessageKind",
    "Participant",
    "ParticipantRole",
    "Priority",
    "PriorityCell",
    "Referral",
    "State",
    "StateCategory",
    "TextProblem",
    "TextState",
    "Ticket",
    "TicketLink",
    "TicketRead",
    "Transition",
    "Urgency",
    "WaitingReason",
    "WaitingSide",
    "Watcher",
]

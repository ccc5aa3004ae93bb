"""Messages: a public reply, an internal note, and what comes in from outside."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from deskbell.kernel.api import (
    SYSTEM,
    Event,
    Invalid,
    Viewer,
    action,
    ask,
    clock,
    drawn_for_events,
    gathered,
    insertion,
    is_history,
    next_ids,
    record,
    require,
    send,
    together,
)
from deskbell.people.api import User
from deskbell.tickets import access, events
from deskbell.tickets.actions.attachment_texts import want_texts
from deskbell.tickets.actions.reading import has_read
from deskbell.tickets.actions.states import default_state, enter_state
from deskbell.tickets.channels import delivers
from deskbell.tickets.content import MessageContent
from deskbell.tickets.documents import index_another
from deskbell.tickets.guards import may_be_reopened
from deskbell.tickets.locking import holding, lock_as_customer, lock_final, lock_ticket, require_seen, save
from deskbell.tickets.models import (
    Attachment,
    DeliveryState,
    Direction,
    Mention,
    Message,
    MessageKind,
    StateCategory,
    Ticket,
)


@action()
def reply(viewer: Viewer, ticket_id: int, content: MessageContent, *, seen_message_id: int | None = None) -> Message:
    """Answer the person who asked; the message leaves by its channel after commit.

    An agent's first answer takes a new ticket into work. Raises NotFound, NotAllowed, Invalid for an empty
    message, and Conflict when a newer message arrived after `seen_message_id` (None: do not ask).
    """
    ticket = lock_ticket(viewer, ticket_id)
    require(viewer, access.WORK, ticket)
    require_seen(ticket, seen_message_id)
    _require_words(content)
    with holding(ticket):
        message = add_message(viewer, ticket, content, kind=MessageKind.PUBLIC, direction=Direction.OUT)
        if ticket.state_category == StateCategory.NEW and not content.is_automatic:
            enter_state(viewer, ticket, default_state(StateCategory.ACTIVE), message_id=message.pk)
    return message


@action()
def add_note(viewer: Viewer, ticket_id: int, content: MessageContent, *, seen_message_id: int | None = None) -> Message:
    """Write what only colleagues see. Raises NotFound, NotAllowed, Invalid, Conflict as `reply` does."""
    ticket = lock_ticket(viewer, ticket_id)
    require(viewer, access.NOTE, ticket)
    require_seen(ticket, seen_message_id)
    _require_words(content)
    with holding(ticket):
        return add_message(viewer, ticket, content, kind=MessageKind.NOTE, direction=Direction.INTERNAL)


def answer_new(ticket: Ticket, content: MessageContent) -> Message:
    """Write the desk's automatic answer on a ticket created in this very transaction, so that nobody sees it yet.

    Raises Invalid for an empty message, before anything is written.
    """
    _require_words(content)
    with together(), holding(ticket):
        return add_message(SYSTEM, ticket, content, kind=MessageKind.PUBLIC, direction=Direction.OUT)


def add_message(
    viewer: Viewer,
    ticket: Ticket,
    content: MessageContent,
    *,
    kind: MessageKind,
    direction: Direction,
    author_id: int | None = None,
) -> Message:
    """Write a message on a ticket that the caller has locked and authorised; keeps the neutral columns.

    Inside `together()` the row is written when the block ends, with its event.

    author_id: when somebody else than the viewer wrote it (a message taken over from another ticket).
    """
    message_id = _message_id()
    message = new_message(
        viewer, ticket, content, kind=kind, direction=direction, author_id=author_id, message_id=message_id
    )
    save(ticket, note_message(ticket, message, content))
    after_message(viewer, ticket, message, content)
    return message


_DRAWN = "tickets.message_ids"


def draw_message_ids(count: int) -> None:
    """Draw the ids of so many messages, for `add_message` in this `together()`: one query instead of one for each."""
    drawn = gathered(_DRAWN)
    if drawn is not None and count:
        drawn.extend(ask([next_ids(*[Message] * count)])[0][0])


def _message_id() -> int:
    drawn: list[int] = gathered(_DRAWN) or []
    if drawn:
        return drawn.pop(0)
    ((message_id, event_id),) = ask([next_ids(Message, Event)])[0]
    drawn_for_events([event_id])
    return int(message_id)


def new_message(
    viewer: Viewer,
    ticket: Ticket,
    content: MessageContent,
    *,
    kind: MessageKind,
    direction: Direction,
    author_id: int | None,
    message_id: int,
) -> Message:
    """The message as it will stand in the database; not written."""
    return Message(
        pk=message_id,
        ticket=ticket,
        kind=kind,
        direction=direction,
        channel=content.channel,
        author_id=author_id or (None if content.is_automatic and direction == Direction.OUT else viewer.user_id),
        subject=content.subject[:500],
        text=content.text,
        html=content.html,
        quoted_text=content.quoted_text,
        quoted_html=content.quoted_html,
        to=list(content.to),
        cc=list(content.cc),
        is_automatic=content.is_automatic,
        has_remote_images=content.has_remote_images,
        delivery_state=_first_delivery_state(direction, content.channel),
        created_at=clock.now(),
    )


def after_message(viewer: Viewer, ticket: Ticket, message: Message, content: MessageContent) -> None:
    """Write the message, what hangs on it, and its event."""
    send(*insertion([message]))
    _attach(viewer, message, content)
    mentioned = _mention(message, content.mentioned)
    index_another(ticket.pk, message, content)
    if viewer.user_id is not None and message.direction != Direction.IN:
        _after_writing(viewer.user_id, ticket, message)
    record(
        viewer,
        events.MESSAGE_ADDED,
        ticket.pk,
        events.MessageAdded(
            message_id=message.pk,
            kind=message.kind,
            direction=message.direction,
            channel=content.channel,
            automatic=content.is_automatic,
            mentioned=mentioned,
        ),
    )


def _first_delivery_state(direction: Direction, channel: str) -> DeliveryState:
    if direction != Direction.OUT or not delivers(channel):
        return DeliveryState.NONE
    # What is recorded of the past was sent then; no channel hears of it.
    return DeliveryState.SENT if is_history() else DeliveryState.QUEUED


def note_message(ticket: Ticket, message: Message, content: MessageContent) -> list[str]:
    """Set the columns that lists and clocks read; gives their names."""
    fields = ["message_count", "last_message_at", "last_message_id", "last_message_preview", "last_message_by_customer"]
    ticket.message_count += 1
    ticket.last_message_at = message.created_at
    ticket.last_message_id = message.pk
    ticket.last_message_preview = content.preview if ticket.is_open else ""
    ticket.last_message_by_customer = message.direction == Direction.IN
    if message.direction == Direction.IN and not message.is_automatic and ticket.customer_waiting_since is None:
        ticket.customer_waiting_since = message.created_at
        fields.append("customer_waiting_since")
    if message.direction == Direction.OUT and not message.is_automatic:
        ticket.customer_waiting_since = None
        fields.append("customer_waiting_since")
        if ticket.first_response_at is None:
            ticket.first_response_at = message.created_at
            fields.append("first_response_at")
    return fields


def _attach(viewer: Viewer, message: Message, content: MessageContent) -> None:
    Attachment.objects.bulk_create(
        Attachment(
            message=message,
            file=new.file,
            name=new.name,
            content_type=new.content_type,
            content_id=new.content_id,
            is_inline=new.is_inline,
            uploaded_by_id=viewer.user_id,
            created_at=message.created_at,
        )
        for new in content.attachments
    )
    wanted = set(content.attachment_ids)
    if wanted:
        taken = Attachment.objects.filter(pk__in=wanted, message=None, uploaded_by=viewer.user_id).update(
            message=message, draft=None
        )
        if taken != len(wanted):
            raise Invalid(_("An attachment is no longer there. Attach it again."))
    if wanted or content.attachments:
        want_texts(message.pk)


def _mention(message: Message, user_ids: Sequence[int]) -> list[int]:
    """The ids of those who are colleagues; what else a page sends is left out."""
    if not user_ids:
        return []
    colleagues = User.objects.filter(pk__in=user_ids, is_active=True, role_assignments__isnull=False)
    mentioned = sorted(set(colleagues.values_list("pk", flat=True)))
    Mention.objects.bulk_create(
        Mention(message=message, ticket_id=message.ticket_id, user_id=user_id, created_at=message.created_at)
        for user_id in mentioned
    )
    return mentioned


def _after_writing(user_id: int, ticket: Ticket, message: Message) -> None:
    """Whoever writes has read everything before, and their draft is used up."""
    has_read(user_id, ticket, message.created_at)
    used = [user_id, ticket.pk, message.kind]
    send(_FREE_ATTACHMENTS, used)
    send(_DELETE_DRAFT, used)


_DRAFT = "tickets_draft WHERE user_id = %s AND ticket_id = %s AND kind = %s"
_FREE_ATTACHMENTS = f"UPDATE tickets_attachment SET draft_id = NULL WHERE draft_id IN (SELECT id FROM {_DRAFT})"  # noqa: S608  (our own text)
_DELETE_DRAFT = f"DELETE FROM {_DRAFT}"  # noqa: S608  (our own text)


def _require_words(content: MessageContent) -> None:
    if not (content.text.strip() or content.attachments or content.attachment_ids):
        raise Invalid(fields={"text": _("Write something first.")})


@action()
def receive(viewer: Viewer, ticket_id: int, content: MessageContent) -> Message:
    """Take in a message from somebody outside who is part of the ticket.

    A waiting ticket goes back to work; a resolved or recently closed one is reopened. A ticket that was merged
    passes it on to where it was merged. Automatic messages change no state. Raises NotFound, NotAllowed, and
    Invalid when the ticket was closed too long ago (`guards.may_be_reopened`): the caller creates a new one.
    """
    final = lock_final(ticket_id)
    ticket = lock_ticket(viewer, final) if viewer.is_system else lock_as_customer(viewer, final)
    _require_words(content)
    if not ticket.is_open and not may_be_reopened(ticket):
        raise Invalid(_("This was closed too long ago to go on. Create a new ticket."))
    with holding(ticket):
        message = add_message(viewer, ticket, content, kind=MessageKind.PUBLIC, direction=Direction.IN)
        if not content.is_automatic and (ticket.state_category not in (StateCategory.NEW, StateCategory.ACTIVE)):
            enter_state(viewer, ticket, default_state(StateCategory.ACTIVE), message_id=message.pk)
    return message

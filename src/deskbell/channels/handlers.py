"""Reactions of channels to events."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskbell.channels.actions.queueing import queue_reply
from deskbell.kernel.api import Event, after_commit
from deskbell.tickets.api import Channel, DeliveringChannel, Direction, MessageKind, delivering_channels
from deskbell.tickets.api import events as ticket_events

delivering_channels.register(Channel.EMAIL.value, DeliveringChannel(Channel.EMAIL.value, _("E-mail")))


def _leaves_by_mail(event: Event) -> bool:
    data = ticket_events.MESSAGE_ADDED.read(event)
    return (data.direction, data.kind, data.channel) == (Direction.OUT, MessageKind.PUBLIC, Channel.EMAIL)


@after_commit("channels.send_reply", ticket_events.MESSAGE_ADDED.name, when=_leaves_by_mail)
def send_reply(event: Event) -> None:
    """A public message from the desk on a ticket that is answered by mail goes into the queue."""
    if _leaves_by_mail(event):  # a job of an older version was queued for every message
        queue_reply(ticket_events.MESSAGE_ADDED.read(event).message_id)

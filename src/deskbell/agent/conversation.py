"""The timeline as the page draws it: days, messages in words, changes folded into one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from deskbell.agent import rich_text
from deskbell.agent.message_body import SHOWN, with_pictures
from deskbell.channels import api as channels
from deskbell.kernel.api import Viewer
from deskbell.tickets import api as tickets
from deskbell.ui.addresses import url_for

CHANNEL_ICONS = {
    tickets.Channel.EMAIL: "mail",
    tickets.Channel.PORTAL: "globe",
    tickets.Channel.PHONE: "phone",
    tickets.Channel.AGENT: "monitor",
    tickets.Channel.API: "plug",
}
_LONGEST_LINKED = 200_000  # characters of plain text in which links are looked for
_LONGEST_KEPT = 4000  # characters of a text whose HTML is kept
_MOST_NAMES = 2  # recipients written out before "and 3 more"


@dataclass(frozen=True, slots=True)
class File:
    name: str
    url: str
    size: int
    content_type: str
    unread: str = ""  # why its text is not found
    again: str = ""  # the address that has it read once more

    @property
    def is_picture(self) -> bool:
        return self.content_type in SHOWN


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change in one line; undo: address that takes a merge back."""

    text: Markup | str
    at: datetime
    icon: str = "activity"
    undo: str = ""


@dataclass(slots=True)
class Item:
    """One entry: a message, or changes with their summary."""

    id: int
    at: datetime
    changes: list[ShownChange] = field(default_factory=list)
    summary: str = ""
    is_first_unread: bool = False
    message: ShownMessage | None = None


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message in words. framed: foreign HTML, drawn in the sandboxed document."""

    id: int
    kind: str
    direction: str
    author: str
    author_id: int | None
    address: str
    to: str
    to_short: str
    channel: dict[str, str]
    text: str
    html: Markup
    framed: bool
    frame_title: str
    quoted: str
    quoted_framed: bool
    remote_images: bool
    files: list[File]
    delivery: str
    delivery_error: str
    by_mail: bool
    can_split: bool


@dataclass(slots=True)
class Day:
    at: datetime
    items: list[Item] = field(default_factory=list)


def by_day(
    entries: Sequence[tickets.TimelineEntry],
    viewer: Viewer,
    *,
    read_up_to: int | None,
    merges: Iterable[tickets.Merge] = (),
    is_start: bool = True,
) -> list[Day]:
    """Entries by day in the viewer's zone. read_up_to: id of the newest message read; None draws no unread line.

    is_start: these entries begin with the ticket's first message.
    """
    undoable = {merge.source_id: merge for merge in merges}
    days: list[Day] = []
    line_drawn = read_up_to is None or read_up_to == 0
    last: date | None = None
    zone = timezone.get_current_timezone()
    first_message = next((entry.message.pk for entry in entries if entry.message), 0) if is_start else 0
    for entry in entries:
        here = entry.at.astimezone(zone).date()
        if here != last:
            days.append(Day(entry.at))
            last = here
        item = Item(id=entry.message.pk if entry.message else entry.changes[0].event_id, at=entry.at)
        if entry.message is not None:
            item.message = _shown(entry.message, viewer, can_split=entry.message.pk != first_message)
            unread = entry.message.pk > (read_up_to or 0) and entry.message.author_id != viewer.user_id
            if unread and not line_drawn:
                item.is_first_unread = line_drawn = True
        else:
            item.changes = [_change(change, undoable) for change in entry.changes]
            item.summary = _summary(entry.changes)
        days[-1].items.append(item)
    return days


def _shown(message: tickets.Message, viewer: Viewer, *, can_split: bool) -> ShownMessage:
    came_in = message.direction == tickets.Direction.IN
    kind = "note" if message.is_note else ("incoming" if came_in else "outgoing")
    author = str(message.author) if message.author else _("Deskbell")
    own_html = _own_html(message, came_in=came_in)
    framed = came_in and bool(message.html)
    return ShownMessage(
        id=message.pk,
        kind=kind,
        direction=message.direction,
        author=author,
        author_id=message.author_id,
        address=(message.author.email or "") if came_in and message.author else "",
        to=_recipients(message),
        to_short=_names(message.to),
        channel=_channel(message.channel, translation.get_language()),
        text=message.text,
        html=own_html,
        framed=framed,
        frame_title=_("Message by %(name)s") % {"name": author} if framed or message.quoted_html else "",
        quoted=message.quoted_text or message.quoted_html,
        quoted_framed=bool(message.quoted_html),
        remote_images=message.has_remote_images,
        files=[_file(each, viewer) for each in message.attachments.all() if not (each.is_inline and message.html)],
        delivery=message.delivery_state,
        delivery_error=message.delivery_error,
        by_mail=message.channel == tickets.Channel.EMAIL,
        can_split=can_split,
    )


def _file(attachment: tickets.Attachment, viewer: Viewer) -> File:
    again = tickets.can_be_read_again(viewer, attachment)
    return File(
        attachment.name,
        url_for("agent:attachment", attachment.pk),
        attachment.file.size,
        attachment.content_type,
        unread=tickets.unread_words(attachment),
        again=url_for("agent:read-attachment", attachment.pk) if again else "",
    )


def _own_html(message: tickets.Message, *, came_in: bool) -> Markup:
    """What stands in the page itself: our own HTML, cleaned once more, or plain text with its links."""
    if came_in and message.html:
        return Markup()
    if message.html:
        html = with_pictures(message, message.html)
        return _cleaned(html) if len(html) <= _LONGEST_KEPT else _clean(html)
    if len(message.text) > _LONGEST_LINKED:
        return Markup()
    return _linked(message.text) if len(message.text) <= _LONGEST_KEPT else _with_links(message.text)


def _with_links(text: str) -> Markup:
    return Markup(channels.text_to_html(text))  # noqa: S704  escapes everything


def _clean(html: str) -> Markup:
    return Markup(rich_text.clean(html))  # noqa: S704  cleaned


# An open ticket is drawn again with every update.
_linked, _cleaned = lru_cache(maxsize=2000)(_with_links), lru_cache(maxsize=2000)(_clean)


@lru_cache(maxsize=200)
def _channel(code: str, _language: str | None) -> dict[str, str]:
    channel = tickets.Channel(code)
    return {"icon": CHANNEL_ICONS.get(channel, "message-square"), "label": str(channel.label)}


def _recipients(message: tickets.Message) -> str:
    parts = []
    if message.to:
        parts.append(_("To %(names)s") % {"names": _names(message.to)})
    if message.cc:
        parts.append(_("Cc %(names)s") % {"names": _names(message.cc)})
    return " · ".join(parts)


def _names(people: Sequence[Any]) -> str:
    shown = [str(one.get("address") or one.get("name") or "") for one in people if isinstance(one, dict)]
    if len(shown) <= _MOST_NAMES:
        return ", ".join(shown)
    rest = len(shown) - _MOST_NAMES
    return ngettext("%(names)s and %(count)d more", "%(names)s and %(count)d more", rest) % {
        "names": ", ".join(shown[:_MOST_NAMES]),
        "count": rest,
    }


def _change(change: tickets.ChangeLine, undoable: dict[int, tickets.Merge]) -> ShownChange:
    # Added to HTML, text is escaped; `format` would take ten times as long, for each of a hundred changes.
    text = Markup("<b>") + change.actor + Markup("</b> ") + change.text
    if change.reason:
        text += Markup(" <span>“") + change.reason + Markup("”</span>")
    merge = next((row for source, row in undoable.items() if f"#{source}" in change.text), None)
    undo = url_for("agent:undo-merge", merge.target_id, merge.pk) if merge and _is_merge(change, merge) else ""
    return ShownChange(text, change.at, "git-merge" if merge else "activity", undo)


def _is_merge(change: tickets.ChangeLine, merge: tickets.Merge) -> bool:
    # The event and the row were written in one transaction, at the same moment.
    return abs((change.at - merge.merged_at).total_seconds()) < 1


def _summary(changes: Sequence[tickets.ChangeLine]) -> str:
    names = ", ".join(dict.fromkeys(change.actor for change in changes if change.actor))
    return _changes_by(names, len(changes), translation.get_language())


@lru_cache(maxsize=2000)
def _changes_by(names: str, count: int, _language: str | None) -> str:
    words = ngettext("%(count)d change by %(names)s", "%(count)d changes by %(names)s", count)
    return words % {"count": count, "names": names}


def newest(entries: Iterable[tickets.TimelineEntry]) -> tuple[int, int | None]:
    """Id and author of the newest message."""
    found = max((entry.message for entry in entries if entry.message), key=lambda message: message.pk, default=None)
    return (found.pk, found.author_id) if found else (0, None)

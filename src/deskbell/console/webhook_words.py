"""Webhooks and their deliveries in words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deskbell.console import changes
from deskbell.webhooks import api as webhooks

NAMED_AT_MOST = 3  # kinds of event in one cell of a list


@dataclass(frozen=True, slots=True)
class Condition:
    """How a webhook is doing, in words. level: good, warn, bad or off."""

    level: str
    words: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class KindChoice:
    name: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class KindGroup:
    """All events of one sort of record. every: the choice that stands for all of them."""

    label: str
    every: KindChoice
    kinds: list[KindChoice]

    @property
    def chosen(self) -> int:
        return sum(each.checked for each in self.kinds)


def condition(row: webhooks.Webhook) -> Condition:
    found = webhooks.health(row)
    if not row.is_active and row.pause_reason == webhooks.PauseReason.PERSON:
        return Condition("off", _("Paused: events of the meantime are not sent."), row.paused_at)
    if not row.is_active:
        return Condition("bad", found.sentence, found.since)
    if not found.is_well:
        return Condition("bad", found.sentence, found.since)
    if row.last_success_at is None:
        return Condition("off", _("Nothing was sent yet. Send a test."), None)
    return Condition("good", _("Works. Last delivered"), row.last_success_at)


def groups(chosen: Iterable[str]) -> list[KindGroup]:
    """What can be chosen, with what is."""
    names = set(chosen)
    return [
        KindGroup(
            str(subject.label),
            KindChoice(subject.every, _("All, also those that later versions bring"), subject.every in names),
            [KindChoice(kind.name, str(kind.label), kind.name in names) for kind in subject.offered()],
        )
        for subject in webhooks.subjects
    ]


def kinds_in_words(row: webhooks.Webhook) -> str:
    """As in "Tickets: all; Person added"."""
    words = [
        _("%(subject)s: all") % {"subject": subject.label}
        for subject in webhooks.subjects
        if subject.every in row.kinds
    ]
    words += [kind_in_words(name) for name in row.kinds if not name.endswith(".*")]
    more = len(words) - NAMED_AT_MOST
    if more > 0:
        words = [*words[:NAMED_AT_MOST], ngettext("%(num)d more", "%(num)d more", more) % {"num": more}]
    return ", ".join(words)


def kind_in_words(name: str) -> str:
    return _("Test") if name == "webhook.test" else changes.kind_label(name)


def outcome(row: webhooks.Delivery) -> str:
    """What became of a delivery, in a few words."""
    if row.state == webhooks.DeliveryState.DELIVERED:
        return _("Delivered (%(status)d)") % {"status": row.last_status or 0}
    if row.state == webhooks.DeliveryState.FAILED:
        return _("Not delivered")
    return _("Waiting for another try") if row.tries else _("Waiting")


def took(seconds: float | None) -> str:
    """A duration, as in "120 ms" or "3.1 s"."""
    if seconds is None:
        return ""
    if seconds < 1:
        return _("%(num)d ms") % {"num": round(seconds * 1000)}
    return _("%(num).1f s") % {"num": seconds}


def pretty(text: str) -> str:
    """JSON with line breaks, for reading; anything else as it is."""
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except ValueError:
        return text

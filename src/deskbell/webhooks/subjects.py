"""What webhooks can tell about: sorts of record, the kinds of event of each, and how one is written for a viewer.

Packages above register their own with `register_subject`; the same is offered, sent and documented for them.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from deskbell.kernel.api import Event, EventKind, Registry, Viewer, event_kinds, in_transaction
from deskbell.webhooks.fan_out import write_deliveries

EVERY = ".*"
TEST_KIND = "webhook.test"

Represent = Callable[[Viewer, Any], dict[str, Any]]
Details = Callable[[Viewer, Event], dict[str, Any]]


def _nothing(_viewer: Viewer, _event: Event) -> dict[str, Any]:
    return {}


def _nowhere(_instance: Any, _event: Event) -> frozenset[int]:
    return frozenset()


@dataclass(frozen=True, slots=True)
class Subject:
    """One sort of record.

    type: the subject of its events. model: asked for its access policy. needs: a permission without which nobody
    sees any such record. find: the records with all that `represent` needs, before the policy narrows them.
    represent: the record as REST answers it. details: what an event adds ("message": …), for the viewer.
    departments: those to which the record belongs or belonged before the event; `has_departments` says whether any.
    """

    type: str
    label: str | Promise
    model: builtins.type[Model]
    needs: str
    kinds: tuple[str, ...]
    find: Callable[[], Any]
    represent: Represent
    details: Details = _nothing
    departments: Callable[[Any, Event], frozenset[int]] = _nowhere
    has_departments: bool = False

    @property
    def every(self) -> str:
        """The name that stands for all kinds of this subject, also those to come."""
        return self.type + EVERY

    def offered(self) -> list[EventKind[Any]]:
        return [event_kinds.get(name) for name in self.kinds]


subjects: Registry[Subject] = Registry("subject of webhooks")


def register_subject(subject: Subject) -> None:
    """Let webhooks carry events of this sort of record from now on."""
    subjects.register(subject.type, subject)
    in_transaction(*subject.kinds)(write_deliveries)


def offered_names() -> frozenset[str]:
    """Every name that a webhook's kinds may hold."""
    return frozenset(name for subject in subjects for name in (subject.every, *subject.kinds))


def subjects_of(kinds: Iterable[str]) -> list[Subject]:
    """The sorts of record that these names of kinds are about."""
    types = {name.split(".", 1)[0] for name in kinds}
    return [subject for subject in subjects if subject.type in types]

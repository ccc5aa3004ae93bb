"""Which channels carry messages out. Packages under `channels` register theirs; tickets know no more of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from deskbell.kernel.api import Registry


@dataclass(frozen=True, slots=True)
class DeliveringChannel:
    """A channel that takes a public reply and sends it; the reply waits as QUEUED until it did."""

    name: str
    label: str | Promise


delivering_channels: Registry[DeliveringChannel] = Registry("delivering channel")


def delivers(channel: str) -> bool:
    return channel in delivering_channels

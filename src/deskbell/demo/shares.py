"""Dividing a plan between processes: tickets that have to do with one another go to the same one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from deskbell.demo import steps


def divide(plan_steps: Sequence[steps.Step], processes: int) -> list[int]:
    """For each step the process that plays it; about the same number of steps for each."""
    group: dict[int, int] = {}

    def find(ticket: int) -> int:
        while group.setdefault(ticket, ticket) != ticket:
            ticket = group[ticket]
        return ticket

    for step in plan_steps:
        if isinstance(step, steps.Link | steps.MergeInto):
            group[find(step.ticket)] = find(step.other)
        elif isinstance(step, steps.SplitOff):
            group[find(step.new)] = find(step.ticket)
    sizes = Counter(find(step.ticket) for step in plan_steps)
    load = [0] * processes
    owner: dict[int, int] = {}
    for ticket, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        lightest = load.index(min(load))
        owner[ticket] = lightest
        load[lightest] += size
    return [owner[find(step.ticket)] for step in plan_steps]

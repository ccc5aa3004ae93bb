"""When people work and write: moments within working hours of their own time zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

SATURDAY = 5
OPENS, CLOSES = 9, 17  # hours of an agent's day


@dataclass(frozen=True, slots=True)
class Away:
    """An agent is absent from `start` until `end`, both aware."""

    agent: str
    start: datetime
    end: datetime

    def covers(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


def at_work(moment: datetime, time_zone: str, away: Sequence[Away] = ()) -> bool:
    local = moment.astimezone(ZoneInfo(time_zone))
    if local.weekday() >= SATURDAY or not OPENS <= local.hour < CLOSES:
        return False
    return not any(absence.covers(moment) for absence in away)


def working_moment(
    rng: Random, after: datetime, delay: timedelta, time_zone: str, away: Sequence[Away] = ()
) -> datetime:
    """`after` and `delay` later, moved into the next working hours when that falls outside them."""
    moment = after + delay
    zone = ZoneInfo(time_zone)
    while not at_work(moment, time_zone, away):
        local = moment.astimezone(zone)
        day = local.date() if local.hour < OPENS else local.date() + timedelta(days=1)
        # People look at what came in overnight one after the other, not all at nine sharp.
        opening = datetime.combine(day, time(OPENS), zone) + timedelta(minutes=rng.randint(2, 170))
        moment = opening.astimezone(after.tzinfo)
    return moment


def writing_moment(rng: Random, day: datetime, time_zone: str) -> datetime:
    """A moment on that day at which somebody in the zone writes: mostly in the morning and early afternoon."""
    local_day = day.astimezone(ZoneInfo(time_zone)).date()
    hour = min(22.5, max(6.5, rng.gauss(10.2, 1.4) if rng.random() < 0.55 else rng.gauss(14.6, 2.0)))
    moment = datetime.combine(local_day, time(0), ZoneInfo(time_zone)) + timedelta(hours=hour)
    return moment.astimezone(day.tzinfo) + timedelta(seconds=rng.randint(0, 59))


def answering_moment(rng: Random, after: datetime, time_zone: str) -> datetime:
    """When somebody outside answers: within hours mostly, sometimes days, hardly at night."""
    hours = rng.lognormvariate(0.9, 1.1)
    moment = after + timedelta(hours=min(hours, 140))
    local = moment.astimezone(ZoneInfo(time_zone))
    if local.hour >= 21 or local.hour < 7 or (local.weekday() >= SATURDAY and rng.random() < 0.7):
        return working_moment(rng, moment, timedelta(), time_zone)
    return moment

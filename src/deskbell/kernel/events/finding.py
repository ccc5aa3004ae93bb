"""Events of some kinds, however rare."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from deskbell.kernel.events.models import Event, EventShape


def events_of(*kinds: str) -> QuerySet[Event, Event]:
    """Events of these kinds, in two queries. kinds: names, or "ticket." for all that begin so.

    The numbers of the shapes are asked first: they tell the planner how rare the kinds are, so that it finds few
    events by their index and many by going through the log. Comparing `kind` leaves it guessing.
    """
    wanted = Q()
    for name in kinds:
        wanted |= Q(kind__startswith=name) if name.endswith(".") else Q(kind=name)
    shapes = EventShape.objects.filter(wanted).values_list("pk", flat=True) if kinds else ()
    return Event.objects.filter(shape_id__in=list(shapes))

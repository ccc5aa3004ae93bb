"""The stage as it stands in the database: ids of everybody and everything that was set up."""

from __future__ import annotations

from deskbell.demo.cast import Cast
from deskbell.demo.stage import Stage
from deskbell.kernel.api import StoredFile
from deskbell.people import api as people
from deskbell.tickets import api as tickets


def stage_from_database(cast: Cast) -> Stage:
    names = dict(people.Department.objects.values_list("name", "pk"))
    return Stage(
        people={email: pk for email, pk in people.User.objects.values_list("email", "pk") if email},
        departments={code: names[row["name"]] for code, row in cast.departments.items()},
        teams=dict(people.Team.objects.values_list("name", "pk")),
        categories=dict(tickets.Category.objects.values_list("name", "pk")),
        priorities=dict(tickets.Priority.objects.values_list("code", "pk")),
        waiting_reasons=dict(tickets.WaitingReason.objects.values_list("code", "pk")),
        files={stored.sha256: stored for stored in StoredFile.objects.all()},
    )

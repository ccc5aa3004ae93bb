"""When people are away, and who stands in."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from deskbell.kernel.api import NotFound
from deskbell.kernel.rest import api as rest
from deskbell.people.actions.absences import remove_absence, set_absence
from deskbell.people.models import Absence
from deskbell.people.queries.people import absences as coming_absences
from deskbell.people.rest.shapes import AbsenceAnswer, absence_answer

absences = rest.publish(rest.Endpoints("Absences", "When people are away, and who stands in."))


class NewAbsence(rest.Body):
    starts_at: rest.Moment
    ends_at: rest.Moment
    substitute_id: Annotated[rest.Id | None, Field(description="Who stands in.")] = rest.left_out()
    note: Annotated[str, rest.text(200)] = rest.left_out()


class AbsenceList(rest.Answer):
    items: list[AbsenceAnswer]


@absences.get(
    "/people/{person_id}/absences", scope="people:read", answer=AbsenceList, summary="List coming absences of a person"
)
def absences_list(request: rest.ApiRequest, person_id: rest.PathId) -> AbsenceList:
    """Those that are not over, the next one first."""
    return AbsenceList(items=[absence_answer(row) for row in coming_absences(request.viewer, person_id)])


@absences.post(
    "/people/{person_id}/absences", scope="people:write", answer=AbsenceAnswer, status=201, summary="Set an absence"
)
def absences_create(request: rest.ApiRequest, person_id: rest.PathId, new: NewAbsence) -> AbsenceAnswer:
    """Of oneself, or of people one manages."""
    absence = set_absence(
        request.viewer, person_id, new.starts_at, new.ends_at, substitute_id=new.substitute_id, note=new.note or ""
    )
    return absence_answer(absence)


@absences.delete("/people/{person_id}/absences/{absence_id}", scope="people:write", summary="Remove an absence")
def absences_delete(request: rest.ApiRequest, person_id: rest.PathId, absence_id: rest.PathId) -> None:
    if not Absence.objects.filter(pk=absence_id, user_id=person_id).exists():
        raise NotFound
    remove_absence(request.viewer, absence_id)

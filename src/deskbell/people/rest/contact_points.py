"""Addresses and numbers of people."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from deskbell.kernel.rest import api as rest
from deskbell.people.actions.contact_points import add_contact_point, make_primary, remove_contact_point
from deskbell.people.rest.shapes import ContactPointAnswer, contact_point_answer

contact_points = rest.publish(rest.Endpoints("Contact points", "Addresses and numbers; each identifies one person."))

ONE = "/people/{person_id}/contact-points/{contact_point_id}"


class NewContactPoint(rest.Body):
    kind: Literal["email", "phone"]
    value: Annotated[str, rest.text(320, shortest=1), Field(examples=["anna@kern.example"])]


@contact_points.post(
    "/people/{person_id}/contact-points", scope="people:write", answer=ContactPointAnswer, status=201,
    summary="Add an address or number",
)  # fmt: skip
def contact_points_create(request: rest.ApiRequest, person_id: rest.PathId, new: NewContactPoint) -> ContactPointAnswer:
    """One that the person has already is answered as it is.

    Own mail addresses are added on the account page, where a link confirms them.
    """
    return contact_point_answer(add_contact_point(request.viewer, person_id, new.kind, new.value))


@contact_points.post(
    f"{ONE}/make-primary", scope="people:write", answer=ContactPointAnswer, summary="Use an address or number first"
)
def contact_points_make_primary(
    request: rest.ApiRequest, person_id: rest.PathId, contact_point_id: rest.PathId
) -> ContactPointAnswer:
    return contact_point_answer(make_primary(request.viewer, contact_point_id, of=person_id))


@contact_points.delete(ONE, scope="people:write", summary="Remove an address or number")
def contact_points_delete(request: rest.ApiRequest, person_id: rest.PathId, contact_point_id: rest.PathId) -> None:
    """The main one goes only when it is the last of its kind."""
    remove_contact_point(request.viewer, contact_point_id, of=person_id)

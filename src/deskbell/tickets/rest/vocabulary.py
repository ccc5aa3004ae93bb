"""The words that describe tickets: states, kinds, categories, priorities, reasons, fields, tags."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Query
from pydantic import Field

from deskbell.kernel.rest import api as rest
from deskbell.tickets.models import State
from deskbell.tickets.queries.choices import form_choices
from deskbell.tickets.queries.tags import tags_in_use
from deskbell.tickets.queries.vocabulary import vocabulary
from deskbell.tickets.rest.fields import READ, colleague
from deskbell.tickets.rest.shapes import Category

words = rest.publish(
    rest.Endpoints("Vocabulary", "States, kinds, categories and the like. Codes are stable.", changes_reference=False)
)


class StateAnswer(rest.Answer):
    id: rest.Id
    code: Annotated[str, Field(examples=["in_progress"])]
    name: str
    customer_name: Annotated[str, Field(description="In plain words, for the person who asked.")]
    category: Category
    is_default: Annotated[bool, Field(description="Entered when only the category is known.")]
    is_active: bool


class TransitionAnswer(rest.Answer):
    """A step that is allowed between two states."""

    source: Annotated[str, Field(description="Code of the state it leaves.")]
    target: Annotated[str, Field(description="Code of the state it enters.")]
    guards: Annotated[list[str], Field(description="Conditions that must hold.", examples=[["has_resolution"]])]
    permission: Annotated[str, Field(examples=["ticket.work"])]
    by_requester: bool


class KindAnswer(rest.Answer):
    id: rest.Id
    code: Annotated[str, Field(examples=["incident"])]
    name: str
    is_restricted: bool
    in_portal: bool


class CategoryAnswer(rest.Answer):
    id: rest.Id
    name: str
    trail: Annotated[str, Field(description="With those above it.", examples=["Hardware / Printer"])]
    depth: int
    parent_id: rest.Id | None
    department_id: Annotated[rest.Id | None, Field(description="Null: offered in every department.")]
    in_portal: bool


class PriorityAnswer(rest.Answer):
    id: rest.Id
    code: Annotated[str, Field(examples=["p1"])]
    name: str
    rank: Annotated[int, Field(description="1 is the most pressing.")]


class MatrixCell(rest.Answer):
    impact: int
    urgency: int
    priority: Annotated[str, Field(description="Code of the priority.")]


class WaitingReasonAnswer(rest.Answer):
    id: rest.Id
    code: str
    name: str
    side: Literal["requester", "supplier", "colleague", "approval", "change", "date"]


class CustomFieldAnswer(rest.Answer):
    code: str
    label: str
    help: str
    type: Annotated[str, Field(examples=["choice"])]
    choices: list[str]
    kinds: Annotated[list[str], Field(description="Codes of the kinds it belongs to; empty: all.")]
    department_id: rest.Id | None
    is_required: bool
    in_portal: bool


class VocabularyAnswer(rest.Answer):
    """Everything at once; it changes seldom."""

    states: list[StateAnswer]
    transitions: list[TransitionAnswer]
    kinds: list[KindAnswer]
    categories: list[CategoryAnswer]
    priorities: list[PriorityAnswer]
    matrix: Annotated[list[MatrixCell], Field(description="Impact and urgency give the priority.")]
    waiting_reasons: list[WaitingReasonAnswer]
    custom_fields: list[CustomFieldAnswer]


@words.get("/vocabulary", scope=READ, answer=VocabularyAnswer, summary="Get the vocabulary")
def vocabulary_get(
    request: rest.ApiRequest,
    department_id: Annotated[
        rest.QueryId | None, Query(None, description="Only categories and fields offered in this department.")
    ],
) -> VocabularyAnswer:
    """What a ticket can be called. People outside are given what the portal offers, and no transitions."""
    viewer = request.viewer
    offered = form_choices(viewer, department_id)
    known = vocabulary()
    return VocabularyAnswer(
        states=[_state(row) for row in (known.states if viewer.is_agent else offered.states)],
        transitions=[
            TransitionAnswer(
                source=row.source.code,
                target=row.target.code,
                guards=row.guards,
                permission=row.permission,
                by_requester=row.by_requester,
            )
            for row in (known.transitions if viewer.is_agent else [])
        ],
        kinds=[
            KindAnswer(
                id=row.pk, code=row.code, name=str(row), is_restricted=row.is_restricted, in_portal=row.in_portal
            )
            for row in offered.kinds
        ],
        categories=[CategoryAnswer.model_validate(row) for row in offered.categories],
        priorities=[
            PriorityAnswer(id=row.pk, code=row.code, name=str(row), rank=row.rank) for row in offered.priorities
        ],
        matrix=_matrix(),
        waiting_reasons=[
            WaitingReasonAnswer.model_validate({"id": row.pk, "code": row.code, "name": str(row), "side": row.side})
            for row in offered.waiting_reasons
        ],
        custom_fields=[CustomFieldAnswer.model_validate(row) for row in offered.custom_fields],
    )


def _state(row: State) -> StateAnswer:
    return StateAnswer.model_validate(
        {
            "id": row.pk,
            "code": row.code,
            "name": str(row),
            "customer_name": row.name_for_customer,
            "category": row.category,
            "is_default": row.is_default,
            "is_active": row.is_active,
        }
    )


def _matrix() -> list[MatrixCell]:
    known = vocabulary()
    codes = {row.pk: row.code for row in known.priorities}
    return [
        MatrixCell(impact=cell.impact, urgency=cell.urgency, priority=codes[cell.priority_id]) for cell in known.cells
    ]


class TagAnswer(rest.Answer):
    name: str
    count: Annotated[int, Field(description="Tickets among the newest 10,000 the caller sees.")]


class TagList(rest.Answer):
    items: list[TagAnswer]


@words.get("/tags", scope=READ, answer=TagList, summary="List tags")
def tags_list(
    request: rest.ApiRequest,
    q: Annotated[Annotated[str, rest.text(60)], Query("", description="How the tag begins.")],
) -> TagList:
    """Tags in use on tickets the caller sees, the most frequent first; at most 100."""
    return TagList(items=[TagAnswer(name=name, count=count) for name, count in tags_in_use(colleague(request), q)])

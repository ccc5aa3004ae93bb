"""The people of a bench desk: departments and agents by the real actions, customers and their firms by COPY."""

from __future__ import annotations

from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from deskbell.bench.copied import NEW_LINE, Desk
from deskbell.bench.shapes import Shapes
from deskbell.bench.sizes import DEPARTMENTS, Sizes
from deskbell.bench.stories import FILE_NAMES, language_of
from deskbell.bench.tables import Table
from deskbell.demo import api as demo
from deskbell.kernel.api import SYSTEM, EventRow, clock, store
from deskbell.people import api as people
from deskbell.tickets import api as tickets

AGENT, CUSTOMER = "agent{}@bench.example", "person{}@firm{}.example"
ADMINISTRATOR = "administrator@bench.example"
FIRST_CUSTOMER = 10_001  # ids below belong to colleagues
_ZONES = {
    "en": "Europe/London", "uk": "Europe/Kyiv", "ru": "Asia/Almaty", "fi": "Europe/Helsinki", "pl": "Europe/Warsaw",
    "zh-hant": "Asia/Taipei",
}  # fmt: skip


def crews(sizes: Sizes) -> list[list[int]]:
    """Places of the agents of each department: most work in one, every third in two, large queues have more."""
    weights = sizes.department_weights()
    rng = Random(f"{sizes.seed} crews")
    found: list[set[int]] = [set() for _department in range(DEPARTMENTS)]
    for agent in range(sizes.agents):
        first = agent if agent < DEPARTMENTS else rng.choices(range(DEPARTMENTS), weights)[0]
        found[first].add(agent)
        if agent % 3 == 0:
            found[rng.randrange(DEPARTMENTS)].add(agent)
    return [sorted(crew) for crew in found]


def languages(sizes: Sizes) -> list[str]:
    return [language_of(customer, sizes.seed) for customer in range(sizes.customers)]


@transaction.atomic
def set_up(sizes: Sizes) -> Desk:
    """Make everything that stands before the first ticket in an empty desk."""
    departments = [
        people.create_department(SYSTEM, name=f"Department {place:02}").pk for place in range(1, DEPARTMENTS + 1)
    ]
    agents = _agents(sizes, departments)
    spoken = languages(sizes)
    rng = Random(f"{sizes.seed} people")
    names = [_name(rng, language) for language in spoken]
    first_firm = _copy_organisations(sizes)
    firms = [1 + customer % sizes.organisations for customer in range(sizes.customers)]
    emails = [CUSTOMER.format(place, firms[place]) for place in range(sizes.customers)]
    customers = _copy_customers(names, emails, spoken, [first_firm - 1 + firm for firm in firms])
    states = {row.code: (row.pk, str(row.category)) for row in tickets.State.objects.all()}
    cells = tickets.PriorityCell.objects.all()
    ends = sorted({name.rpartition(".")[2] for name in FILE_NAMES})
    return Desk(
        departments=departments,
        agents=agents,
        customers=customers,
        organisations=[first_firm - 1 + firm for firm in firms],
        people=[f"{email}\n{name}" for name, email in zip(names, emails, strict=True)],
        firms={first_firm + place: f"Firm {place + 1}" for place in range(sizes.organisations)},
        kinds={row.code: row.pk for row in tickets.Kind.objects.all()},
        states=states,
        priorities={(cell.impact, cell.urgency): cell.priority_id for cell in cells},
        categories=list(tickets.Category.objects.order_by("pk").values_list("pk", flat=True)),
        files={end: store(f"A made-up file of kind {end}.\n".encode() * 40).pk for end in ends},
        languages=spoken,
        first_ticket=_next_ticket_id(),
    )


def _agents(sizes: Sizes, departments: list[int]) -> list[int]:
    role = people.Role.objects.get(code="agent").pk
    rng = Random(f"{sizes.seed} agents")
    agents = [
        people.create_user(SYSTEM, name=_name(rng, "en"), email=AGENT.format(place), language="en").pk
        for place in range(sizes.agents)
    ]
    for department, crew in zip(departments, crews(sizes), strict=True):
        for agent in crew:
            people.assign_role(SYSTEM, agents[agent], role, department)
    root = people.create_user(SYSTEM, name="Bench administrator", email=ADMINISTRATOR, language="en")
    people.assign_role(SYSTEM, root.pk, people.Role.objects.get(code="administrator").pk, None)
    return agents


def _name(rng: Random, language: str) -> str:
    names = demo.people_texts()["languages"][language]
    given, _latin, gender = rng.choice(names["given"])
    family = rng.choice(names["family"])[0 if gender == "m" else 1]
    return f"{family}{given}" if language == "zh-hant" else f"{given} {family}"


def _copy_organisations(sizes: Sizes) -> int:
    """The id of the first; the others follow."""
    table = Table(people.Organisation, ("id", "name", "created_at"), {"kind": "customer"})
    first = 1 + (people.Organisation.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)
    now = clock.now().isoformat()
    copy(table, (table.line(first + place, f"Firm {place + 1}", now) for place in range(sizes.organisations)))
    raise_sequence("people_organisation")
    return first


def _copy_customers(names: list[str], emails: list[str], spoken: list[str], firms: list[int]) -> list[int]:
    now = clock.now().isoformat()
    user = Table(
        people.User,
        ("id", "name", "email", "organisation_id", "language", "time_zone", "created_at"),
        {"password": make_password(None), "working_hours": "{}"},
    )
    point = Table(
        people.ContactPoint,
        ("user_id", "value", "display", "created_at"),
        {"kind": "email", "is_primary": "t"},
    )
    event = Table(EventRow, ("at", "shape_id", "subject_id", "given"))
    shapes = Shapes(number, "system")
    # All before the first line: while lines are sent nothing can be asked.
    made = {language: shapes.of("user.created", _changes(language), "{}") for language in _ZONES}
    added = shapes.of("user.contact_added", "{}", '{"kind": "email", "value": %1$s}')
    ids = list(range(FIRST_CUSTOMER, FIRST_CUSTOMER + len(names)))
    rows = list(zip(ids, names, emails, firms, spoken, strict=True))
    copy(user, (user.line(pk, name, email, firm, lang, _ZONES[lang], now) for pk, name, email, firm, lang in rows))
    copy(point, (point.line(pk, email, email, now) for pk, _name, email, _firm, _lang in rows))
    copy(
        event,
        (
            event.line(
                now, made[lang], pk,
                NEW_LINE.join((f'"{name}"', *_given(lang), str(firm))),
            )
            + event.line(now, added, pk, f'"{email}"')
            for pk, name, email, firm, lang in rows
        ),
    )  # fmt: skip
    raise_sequence("people_user")
    return ids


def _given(language: str) -> list[str]:
    """Of language and time zone before and after, what is no plain code."""
    return [*([f'"{language}"'] if "-" in language else []), '"UTC"', f'"{_ZONES[language]}"']


def _changes(language: str) -> str:
    """The template of what was set when a customer was made."""
    places = iter(range(2, 6))
    after = f"%{next(places)}$s" if "-" in language else f'"{language}"'
    return (
        f'{{"name": ["", %1$s], "language": ["en", {after}], "time_zone": [%{next(places)}$s, %{next(places)}$s], '
        f'"organisation_id": [null, %{next(places)}$s]}}'
    )


def number(statement: str, values: list[Any]) -> int:
    """What a statement of one number answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0])


def copy(table: Table, lines: object) -> None:
    """Send lines to the database, in the caller's transaction."""
    with connection.cursor() as cursor, cursor.copy(table.statement) as stream:
        batch: list[str] = []
        for line in lines:  # type: ignore[attr-defined]
            batch.append(line)
            if len(batch) >= 5_000:
                stream.write("".join(batch))
                batch.clear()
        stream.write("".join(batch))


def raise_sequence(table: str) -> None:
    """The database goes on numbering after the highest id that was copied."""
    with connection.cursor() as cursor:
        sequence = f"pg_get_serial_sequence('{table}', 'id')"
        cursor.execute(f"SELECT setval({sequence}, (SELECT max(id) FROM {table}))")  # noqa: S608  names of ours


def _next_ticket_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('tickets_ticket', 'id'))")
        return int(cursor.fetchone()[0])

"""Keyset paging: a page begins where another ended, however many rows lie before it."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import BigIntegerField, DateTimeField, F, Model, Q, QuerySet, Value
from django.db.models.expressions import OrderBy
from django.db.models.functions import Cast
from django.utils.dateparse import parse_datetime

LARGEST = 2**63 - 1
ModelT = TypeVar("ModelT", bound=Model)


@dataclass(frozen=True, slots=True)
class Key:
    """One column of an order. kind: "time" or "number". nullable: empty values come last."""

    path: str
    descending: bool = False
    kind: str = "time"
    nullable: bool = False

    def constant(self, value: Any) -> Cast:
        """The value as a column of the key's type: several bare NULLs in a union would become text."""
        return Cast(Value(value), DateTimeField() if self.kind == "time" else BigIntegerField())

    def compare(self, one: Any, other: Any) -> int:
        """Negative, zero or positive: which of two values stands first in this key's order, empty ones last."""
        if one == other:
            return 0
        if one is None or other is None:
            return 1 if one is None else -1
        return -1 if (one < other) != self.descending else 1


@dataclass(frozen=True, slots=True)
class Order:
    """A total order: its keys, then the id, which goes the way of the last key."""

    name: str
    keys: tuple[Key, ...]

    @property
    def id_descending(self) -> bool:
        return self.keys[-1].descending

    def order_by(self, *, names: Sequence[str], id_name: str = "pk", backwards: bool = False) -> list[OrderBy]:
        """ORDER BY over columns that stand under `names`."""
        parts = []
        for key, name in zip(self.keys, names, strict=True):
            descending = key.descending != backwards
            column = F(name)
            if not key.nullable:
                parts.append(column.desc() if descending else column.asc())
            elif backwards:
                parts.append(column.desc(nulls_first=True))
            else:
                parts.append(column.asc(nulls_last=True))
        column = F(id_name)
        parts.append(column.desc() if self.id_descending != backwards else column.asc())
        return parts

    def as_sql(self, *, backwards: bool = False, of: str = "") -> str:
        """The same as text, over columns called id and key0, key1, … of: what stands before their names."""
        parts = []
        for index, key in enumerate(self.keys):
            descending = key.descending != backwards
            nulls = (" NULLS FIRST" if backwards else " NULLS LAST") if key.nullable else ""
            parts.append(f"{of}key{index} {'DESC' if descending else 'ASC'}{nulls}")
        parts.append(f"{of}id {'DESC' if self.id_descending != backwards else 'ASC'}")
        return ", ".join(parts)

    def beyond(self, place: Place, *, backwards: bool = False) -> Q:
        """Rows after the place (or before it, when going backwards)."""
        condition = Q(**{f"pk__{_than(self.id_descending, backwards)}": place.pk})
        for key, value in reversed(list(zip(self.keys, place.values, strict=True))):
            condition = _beyond_key(key, value, condition, backwards=backwards)
        return condition


def _than(descending: bool, backwards: bool) -> str:  # noqa: FBT001  (two flags of one comparison)
    return "lt" if descending != backwards else "gt"


def _beyond_key(key: Key, value: Any, rest: Q, *, backwards: bool) -> Q:
    if value is None:
        null = Q(**{f"{key.path}__isnull": True})
        return (null & rest) | (~null if backwards else Q(pk__in=()))
    than = _than(key.descending, backwards)
    further = Q(**{f"{key.path}__{than}": value}) | (Q(**{key.path: value}) & rest)
    if key.nullable and not backwards:
        return further | Q(**{f"{key.path}__isnull": True})
    # Said twice, so that an index on the key can begin at the place.
    return Q(**{f"{key.path}__{than}e": value}) & further


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the values of the keys and the id of its last row."""

    values: tuple[Any, ...]
    pk: int

    def cursor(self, order: Order) -> str:
        """Opaque text for an address."""
        plain = [value.isoformat() if isinstance(value, datetime) else value for value in self.values]
        text = json.dumps([order.name, plain, self.pk], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str, order: Order) -> Place | None:
    """The place of a cursor; None for anything that is not one of this order."""
    try:
        text = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4))
        name, plain, pk = json.loads(text)
    except (ValueError, binascii.Error, RecursionError, TypeError):
        return None
    if name != order.name or not isinstance(plain, list) or len(plain) != len(order.keys) or not _is_number(pk):
        return None
    values = tuple(_value(key, value) for key, value in zip(order.keys, plain, strict=True))
    if any(value is None and not (key.nullable and given is None)
           for key, value, given in zip(order.keys, values, plain, strict=True)):  # fmt: skip
        return None
    return Place(values, pk)


def _value(key: Key, value: Any) -> Any:
    if key.kind == "number":
        return value if _is_number(value) else None
    try:
        moment = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST


@dataclass(frozen=True, slots=True)
class Part(Generic[ModelT]):
    """Rows of a list. first: the one value the order's first key has in all of them, when it is known.

    Told so, the database need not sort by that key and reads the part from an index on the others.
    """

    rows: QuerySet[ModelT]
    first: tuple[Any] | None = None


def page_rows(
    parts: Sequence[Part[ModelT]], order: Order, place: Place | None, limit: int, *, backwards: bool = False
) -> QuerySet[ModelT, Any] | None:
    """Id and keys of the first `limit` rows of the union of the parts, beyond `place`; None when there are none.

    Each part is read by itself and cut.
    """
    names = [f"key{index}" for index in range(len(order.keys))]
    ordered: list[QuerySet[Any, Any]] = []
    for part in parts:
        beyond = _beyond_part(order, place, part.first, backwards=backwards)
        if beyond is None:
            continue
        columns: dict[str, Any] = {name: F(key.path) for name, key in zip(names, order.keys, strict=True)}
        sort_by = order.order_by(names=names, backwards=backwards)
        if part.first is not None:
            columns[names[0]] = order.keys[0].constant(part.first[0])
            del sort_by[0]
        rows = part.rows.filter(beyond).annotate(**columns).order_by(*sort_by)
        ordered.append(rows.values_list("pk", *names)[:limit])
    if not ordered:
        return None
    joined = ordered[0]
    if len(ordered) > 1:
        joined = joined.union(*ordered[1:])
        joined = joined.order_by(*order.order_by(names=names, id_name="id", backwards=backwards))[:limit]
    return joined


def page_keys(
    parts: Sequence[Part[ModelT]], order: Order, place: Place | None, limit: int, *, backwards: bool = False
) -> Iterator[Place]:
    """The places of `page_rows`."""
    rows = page_rows(parts, order, place, limit, backwards=backwards)
    for pk, *values in rows if rows is not None else ():
        yield Place(tuple(values), pk)


def _beyond_part(order: Order, place: Place | None, first: tuple[Any] | None, *, backwards: bool) -> Q | None:
    """Rows of the part beyond the place; None when there are none."""
    if place is None:
        return Q()
    if first is None:
        return order.beyond(place, backwards=backwards)
    side = order.keys[0].compare(first[0], place.values[0])
    if side == 0:
        rest = Order(order.name, order.keys[1:])
        return rest.beyond(Place(place.values[1:], place.pk), backwards=backwards)
    return Q() if (side > 0) != backwards else None


ORDERS: dict[str, Order] = {
    order.name: order
    for order in (
        Order("recent", (Key("last_message_at", descending=True),)),
        Order("oldest", (Key("created_at"),)),
        Order("created", (Key("created_at", descending=True),)),
        Order("priority", (Key("priority__rank", kind="number"), Key("last_message_at", descending=True))),
        Order("waiting", (Key("customer_waiting_since", nullable=True), Key("created_at"))),
        Order("follow_up", (Key("follow_up_at", nullable=True), Key("created_at"))),
    )
}

"""What names mean where a piece of a template stands, and the questions folding asks about such a piece."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from jinja2 import nodes

from deskbell.ui.folding.library import Library

N = TypeVar("N", bound=nodes.Node)
MARK = "_plain_"  # before the name of a function: this one, whatever variable of that name a page may have


class Keep(Exception):
    """A macro cannot be drawn where it is called."""


@dataclass(frozen=True)
class Body:
    """What stands between `{% call %}` and `{% endcall %}`, and what names mean there."""

    nodes: list[nodes.Node]
    place: Place


@dataclass(frozen=True)
class Place:
    """What names mean at one place.

    bound: names that stand for an expression. is_foreign: the text comes from another file than the one being folded.
    in_macro: the text is that of a macro drawn where it is called; caller: what its `caller()` draws then.
    stack: the macros it is drawn within.
    """

    library: Library
    bound: Mapping[str, nodes.Expr] = field(default_factory=dict)
    is_foreign: bool = False
    in_macro: bool = False
    caller: Body | None = None
    stack: tuple[tuple[str, str], ...] = ()


def made(kind: type[N], origin: nodes.Node, *fields: Any) -> N:
    """Return a new node that says it stands where `origin` does."""
    return kind(*fields, lineno=origin.lineno, environment=origin.environment)


def names_in(*parts: nodes.Node) -> list[nodes.Name]:
    found: list[nodes.Name] = []
    for part in parts:
        if isinstance(part, nodes.Name):
            found.append(part)
        found.extend(part.find_all(nodes.Name))
    return found


def stored_in(*parts: nodes.Node) -> set[str]:
    """Return the names these pieces give values to, parameters of macros in them included."""
    return {each.name for each in names_in(*parts) if each.ctx != "load"}


def loaded_in(*parts: nodes.Node) -> set[str]:
    return {each.name for each in names_in(*parts) if each.ctx == "load"}


@dataclass(frozen=True)
class Facts:
    """How a macro uses names. read, set: how often; looped: read where it may be read again and again."""

    read: Counter[str]
    set: Counter[str]
    loaded: frozenset[str]
    stored: frozenset[str]
    parameters: frozenset[str]
    looped: frozenset[str]

    def is_set_once(self, name: str) -> bool:
        return self.set[name] == 1 and name not in self.parameters


@lru_cache(maxsize=1000)
def facts(macro: nodes.Macro) -> Facts:
    inside = names_in(*macro.body, *macro.defaults)
    read = Counter(each.name for each in inside if each.ctx == "load")
    stored = Counter(each.name for each in inside if each.ctx != "load")
    loops = names_in(*macro.find_all(nodes.For), *macro.find_all(nodes.CallBlock))
    parameters = frozenset(each.name for each in macro.args)
    looped = frozenset(each.name for each in loops)
    return Facts(read, stored, frozenset(read), frozenset(stored), parameters, looped)


def is_cheap(value: nodes.Node, times: int) -> bool:
    """Whether an expression may as well be worked out each time it is read."""
    if isinstance(value, nodes.Const | nodes.TemplateData | nodes.Name):
        return True
    if isinstance(value, nodes.List | nodes.Tuple | nodes.Dict):
        return all(is_cheap(each, times) for each in value.iter_child_nodes())
    if isinstance(value, nodes.Pair):
        return is_cheap(value.value, times)
    return times <= 2 and isinstance(value, nodes.Getattr) and isinstance(value.node, nodes.Name)  # noqa: PLR2004

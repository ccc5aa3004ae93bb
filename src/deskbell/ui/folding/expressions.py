"""Folding of expressions: what each becomes at the place where it stands."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from jinja2 import nodes

from deskbell.ui.folding.constants import Unknown, constant, simplified, truth_of, value_of
from deskbell.ui.folding.library import Library
from deskbell.ui.folding.place import MARK, Keep, Place, made

if TYPE_CHECKING:
    from deskbell.ui.folding.environment import FoldingEnvironment

_OF_CALL = ("caller", "kwargs", "varargs")  # what a macro knows of its call beyond its parameters


class Expressions(ABC):
    """Never changes a node: a macro's text is folded anew for each of its calls."""

    def __init__(self, environment: FoldingEnvironment, name: str | None) -> None:
        self.environment = environment
        self.context = nodes.EvalContext(environment, name)
        self.finished: dict[int, nodes.Expr] = {}  # by id: expressions folded at another place already

    @abstractmethod
    def body(self, statements: Iterable[nodes.Node], place: Place) -> list[nodes.Node]:
        """Fold statements in order."""

    def expression(self, node: nodes.Node, place: Place) -> nodes.Expr:  # noqa: PLR0911  one for each kind
        if id(node) in self.finished:
            return self.finished[id(node)]
        match node:
            case nodes.Name():
                return self.name(node, place)
            case nodes.Test(name="defined", node=nodes.Name(name="caller")) if place.in_macro:
                return constant(place.caller is not None, node)
            case nodes.And() | nodes.Or():
                return self.both(node, place)
            case nodes.Not():
                inner = self.expression(node.node, place)
                is_true = truth_of(inner)
                return made(nodes.Not, node, inner) if is_true is None else constant(not is_true, node)
            case nodes.CondExpr():
                return self.condition(node, place)
            case nodes.Call():
                return self.call(node, place)
        rebuilt: nodes.Expr = self.rebuilt(node, place)
        only_jinja = isinstance(rebuilt, nodes.Getattr | nodes.Getitem | nodes.Slice)
        return rebuilt if only_jinja else simplified(rebuilt, self.context)

    def both(self, node: nodes.And | nodes.Or, place: Place) -> nodes.Expr:
        left = self.expression(node.left, place)
        is_true = truth_of(left)
        if is_true is None:
            return made(type(node), node, left, self.expression(node.right, place))
        return left if is_true is isinstance(node, nodes.Or) else self.expression(node.right, place)

    def condition(self, node: nodes.CondExpr, place: Place) -> nodes.Expr:
        test = self.expression(node.test, place)
        is_true = truth_of(test)
        if is_true:
            return self.expression(node.expr1, place)
        if is_true is False:  # without `else` it is undefined, which only output and `attrs` understand
            left_out = made(nodes.CondExpr, node, constant(value=False, origin=node), constant("", node), None)
            return left_out if node.expr2 is None else self.expression(node.expr2, place)
        other = None if node.expr2 is None else self.expression(node.expr2, place)
        return made(nodes.CondExpr, node, test, self.expression(node.expr1, place), other)

    def name(self, node: nodes.Name, place: Place) -> nodes.Expr:
        """What a name stands for. Raises `Keep` where it means something only the macro itself could know."""
        name = node.name
        if node.ctx != "load":
            return self.target(node, place)
        if name in place.bound:
            return place.bound[name]
        if place.in_macro and name in _OF_CALL:
            if name == "caller" and place.caller is not None:
                return constant(value=True, origin=node)
            raise Keep
        if place.is_foreign and name in self.environment.functions:
            return made(nodes.Name, node, MARK + name, "load")
        if place.is_foreign and name not in self.environment.globals and name != "loop":
            raise Keep
        return made(nodes.Name, node, name, "load")

    def target(self, node: nodes.Expr, place: Place) -> nodes.Expr:
        """Where a value is kept: under a name of its own within a macro that is drawn in place."""
        if isinstance(node, nodes.Name):
            found = place.bound.get(node.name)
            return made(nodes.Name, node, found.name if isinstance(found, nodes.Name) else node.name, node.ctx)
        rebuilt: nodes.Expr = self.rebuilt(node, place)
        return rebuilt

    def call(self, node: nodes.Call, place: Place) -> nodes.Expr:
        is_caller = place.in_macro and isinstance(node.node, nodes.Name) and node.node.name == "caller"
        if is_caller or (place.is_foreign and self.macro(node, place)):
            raise Keep
        rebuilt: nodes.Call = self.rebuilt(node, place)
        if isinstance(rebuilt.dyn_kwargs, nodes.Dict):
            pairs = rebuilt.dyn_kwargs.items
            if all(isinstance(pair.key, nodes.Const) for pair in pairs):
                rebuilt.kwargs += [made(nodes.Keyword, node, value_of(pair.key), pair.value) for pair in pairs]
                rebuilt.dyn_kwargs = None
        if isinstance(node.node, nodes.Name) and self.is_plain(node.node.name, place):
            rebuilt.node = made(nodes.Name, node, MARK + node.node.name.removeprefix(MARK), "load")
        try:
            answer = self.answer(rebuilt, place)
        except Unknown:
            return rebuilt
        return constant(answer, node) if isinstance(answer, str) else rebuilt

    def answer(self, node: nodes.Call, place: Place) -> Any:
        """Return what a function answers that always answers the same. Raises `Unknown`."""
        if node.dyn_args or node.dyn_kwargs:
            raise Unknown
        args = [value_of(each) for each in node.args]
        kwargs: dict[str, Any] = {each.key: value_of(each.value) for each in node.kwargs}
        match node.node:
            case nodes.Getattr(attr="get", node=nodes.Dict() as table) if not kwargs:
                return value_of(table).get(*args)
            case nodes.Name(name=name) if self.is_plain(name, place):
                if name.removeprefix(MARK) in self.environment.constants:
                    return self.environment.functions[name.removeprefix(MARK)](*args, **kwargs)
        raise Unknown

    def is_plain(self, name: str, place: Place) -> bool:
        """Whether a name means the environment's function, not a variable or macro of the template."""
        if name.startswith(MARK):
            return True
        library = place.library
        taken = name in place.bound or name in library.stored or name in library.macros or name in library.imports
        return name in self.environment.functions and not taken

    def macro(self, node: nodes.Node | None, place: Place) -> tuple[Library, nodes.Macro] | None:
        """Return the macro a call means, and the file that defines it; None for other calls and expressions."""
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
            return None
        library, name = place.library, node.node.name
        if name in place.bound:
            return None
        if name in library.imports:
            file, name = library.imports[name]
            library = self.environment.library(file)
        return (library, library.macros[name]) if name in library.macros else None

    def rebuilt(self, node: Any, place: Place) -> Any:
        """Return a copy of a node whose parts are folded."""
        copy = object.__new__(type(node))
        copy.lineno, copy.environment = node.lineno, node.environment
        for name in node.fields:
            setattr(copy, name, self.part(getattr(node, name), place))
        return copy

    def part(self, value: Any, place: Place) -> Any:
        if isinstance(value, list):
            if any(isinstance(each, nodes.Stmt) for each in value):
                return self.body(value, place)
            return [self.part(each, place) for each in value]
        if isinstance(value, nodes.Expr):
            return self.expression(value, place)
        return self.rebuilt(value, place) if isinstance(value, nodes.Node) else value

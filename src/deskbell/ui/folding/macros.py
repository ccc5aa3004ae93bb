"""Macros drawn where they are called: the macro's text, with arguments in place of its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import nodes

from deskbell.ui.folding.constants import constant, value_of
from deskbell.ui.folding.expressions import Expressions
from deskbell.ui.folding.place import Body, Keep, Place, facts, is_cheap, made

if TYPE_CHECKING:
    from deskbell.ui.folding.environment import FoldingEnvironment

DEEPEST = 8  # macros within macros
Bound = dict[str, nodes.Expr]


class Macros(Expressions):
    """Variables of a macro get names of their own, so that they never meet those of the page."""

    def __init__(self, environment: FoldingEnvironment, name: str | None) -> None:
        super().__init__(environment, name)
        self._named = 0

    def drawn(self, node: nodes.Call, place: Place, caller: Body | None = None) -> list[nodes.Node]:
        """Return what the macro draws, in place of its call. Raises `Keep`."""
        meant = self.macro(node, place)
        if meant is None:
            raise Keep
        library, macro = meant
        mark = (library.name, macro.name)
        if mark in place.stack or len(place.stack) >= DEEPEST:
            raise Keep
        known = facts(macro)
        if caller is not None and "caller" not in known.loaded:
            raise Keep
        is_foreign = place.is_foreign or library is not place.library
        if not is_foreign and (known.loaded - known.stored - known.parameters) & library.inner:
            raise Keep  # a variable of a loop would stand where the macro means one of the page
        bound: Bound = {name: self.fresh(name, node) for name in known.stored}
        inside = Place(library, bound, is_foreign, True, caller, (*place.stack, mark))
        return [*self.parameters(node, macro, place, inside, bound), *self.text_of(macro, inside, bound)]

    def text_of(self, macro: nodes.Macro, place: Place, bound: Bound) -> list[nodes.Node]:
        """Fold the macro's body; a variable that is set once stands for its value where that is simple."""
        found: list[nodes.Node] = []
        for statement in macro.body:
            match statement:
                case nodes.Assign(target=nodes.Name(name=name)) if facts(macro).is_set_once(name) and not self.macro(
                    statement.node, place
                ):
                    found += self.bind(name, self.expression(statement.node, place), macro, bound)
                case _:
                    found += self.body([statement], place)
        return found

    def parameters(
        self, node: nodes.Call, macro: nodes.Macro, place: Place, inside: Place, bound: Bound
    ) -> list[nodes.Node]:
        """Bind parameters to arguments; return what has to be kept in variables first. Raises `Keep`."""
        params = [each.name for each in macro.args]
        keywords = self.keywords(node, place)
        if node.dyn_args or len(node.args) > len(params):
            raise Keep
        given = dict(zip(params, node.args, strict=False))
        if given.keys() & keywords.keys():
            raise Keep
        given |= {name: value for name, value in keywords.items() if name in params}
        extra = {name: value for name, value in keywords.items() if name not in params}
        if "kwargs" in facts(macro).loaded:
            pairs = [made(nodes.Pair, node, constant(name, node), self.expression(value, place))
                     for name, value in extra.items()]  # fmt: skip
            bound["kwargs"] = made(nodes.Dict, node, pairs)
        elif extra:
            raise Keep
        defaults = dict(zip(reversed(params), reversed(macro.defaults), strict=False))
        before: list[nodes.Node] = []
        for param in params:
            if param in given:
                before += self.argument(param, given[param], macro, place, bound)
            elif param in defaults:
                before += self.bind(param, self.expression(defaults[param], inside), macro, bound)
            else:
                raise Keep
        return before

    def keywords(self, node: nodes.Call, place: Place) -> dict[str, nodes.Expr]:
        """Return the named arguments of a call, those of `**` among them. Raises `Keep` if these are not known."""
        found = {each.key: each.value for each in node.kwargs}
        if node.dyn_kwargs is None:
            return found
        more = self.expression(node.dyn_kwargs, place)
        if not isinstance(more, nodes.Dict):
            raise Keep
        for pair in more.items:
            if not isinstance(pair.key, nodes.Const) or pair.key.value in found:
                raise Keep
            self.finished[id(pair.value)] = pair.value
            found[value_of(pair.key)] = pair.value
        return found

    def argument(
        self, param: str, node: nodes.Expr, macro: nodes.Macro, place: Place, bound: Bound
    ) -> list[nodes.Node]:
        if not isinstance(node, nodes.Call) or not self.macro(node, place):
            return self.bind(param, self.expression(node, place), macro, bound)
        body = self.drawn(node, place)
        kept = bound[param] = self.fresh(param, node)
        return [self.block(kept.name, body, node)] if facts(macro).read[param] else []

    def bind(self, name: str, value: nodes.Expr, macro: nodes.Macro, bound: Bound) -> list[nodes.Node]:
        """Let a name stand for an expression, or for a variable where that would be worked out again and again."""
        known = facts(macro)
        times = known.read[name]
        once = times == 0 or is_cheap(value, times) or (times == 1 and name not in known.looped)
        is_changed = name in known.stored and not known.is_set_once(name)
        if once and not is_changed:
            bound[name] = value
            return []
        kept = bound[name] = self.fresh(name, value)
        return [made(nodes.Assign, value, made(nodes.Name, value, kept.name, "store"), value)]

    def block(self, name: str, body: list[nodes.Node], origin: nodes.Node) -> nodes.AssignBlock:
        """`{% set name %}…{% endset %}`"""
        return made(nodes.AssignBlock, origin, made(nodes.Name, origin, name, "store"), None, body)

    def fresh(self, name: str, origin: Any) -> nodes.Name:
        self._named += 1
        return made(nodes.Name, origin, f"_{name}_{self._named}", "load")

"""Folding of what is written out: an expression within `{{ }}` becomes pieces of text and what differs."""

from __future__ import annotations

import re

from django.utils.translation import gettext
from jinja2 import nodes

from deskbell.ui.folding.constants import attribute, attribute_name, constant, data, truth_of, value_of
from deskbell.ui.folding.macros import Macros
from deskbell.ui.folding.place import MARK, Keep, Place, made

_GETTEXT = ("_", "gettext")
_HOLE = re.compile(r"%\((\w+)\)s|%%|%")


class Output(Macros):
    """Pieces are expressions to write, or statements that write."""

    def pieces(self, node: nodes.Expr, place: Place) -> list[nodes.Node]:  # noqa: C901, PLR0911  one for each kind
        match node:
            case nodes.Call(node=nodes.Name(name="caller")) if place.in_macro and not node.args and not node.kwargs:
                if place.caller is None:
                    raise Keep
                return self.body(place.caller.nodes, place.caller.place)
            case nodes.Call() if self.macro(node, place):
                try:
                    return self.drawn(node, place)
                except Keep:
                    if place.is_foreign:
                        raise
            case nodes.CondExpr():
                return self.either(node, place)
            case nodes.Concat():
                return [piece for each in node.nodes for piece in self.pieces(each, place)]
        folded = self.expression(node, place)
        match folded:
            case nodes.Concat():
                return list(folded.nodes)
            case nodes.Filter(name="attrs", node=nodes.Dict() as attributes):
                return self.attributes(attributes) or [folded]
            case nodes.Call(node=nodes.Name(name=name), args=[nodes.Const(value=str(message))]) if (
                name.removeprefix(MARK) in _GETTEXT and folded.dyn_kwargs is None
            ):
                return self.filled(message, folded) or [folded]
        return [folded]

    def either(self, node: nodes.CondExpr, place: Place) -> list[nodes.Node]:
        """`a if test else b`; without `else` nothing is written, for which Jinja2 makes an object each time."""
        test = self.expression(node.test, place)
        is_true = truth_of(test)
        other = node.expr2 or constant("", node)
        if is_true is not None:
            return self.pieces(node.expr1 if is_true else other, place)
        first, second = self.pieces(node.expr1, place), self.pieces(other, place)
        if len(first) == len(second) == 1 and isinstance(first[0], nodes.Expr) and isinstance(second[0], nodes.Expr):
            return [made(nodes.CondExpr, node, test, first[0], second[0])]
        return [made(nodes.If, node, test, grouped(first, node), [], grouped(second, node))]

    def filled(self, message: str, node: nodes.Call) -> list[nodes.Node]:
        """A string with named places becomes its pieces, with the values between them; empty if it cannot."""
        values = {each.key: each.value for each in node.kwargs}
        pattern, end = gettext(message), 0
        found: list[nodes.Node] = []
        for match in _HOLE.finditer(pattern):
            found.append(data(pattern[end : match.start()], node))
            if match[0] == "%%":
                found.append(data("%", node))
            elif match[1] in values:
                found.append(values[match[1]])
            else:
                return []  # let the page fail as it would
            end = match.end()
        return [*found, data(pattern[end:], node)]

    def attributes(self, table: nodes.Dict) -> list[nodes.Node]:
        """`{…}|attrs` becomes one attribute after the other; empty if their names are not known."""
        found: list[nodes.Node] = [data("", table)]
        for pair in table.items:
            if not isinstance(pair.key, nodes.Const):
                return []
            found += self.attribute(attribute_name(str(pair.key.value)), pair.value)
        return found

    def attribute(self, name: str, value: nodes.Expr) -> list[nodes.Node]:
        match value:
            case nodes.CondExpr(expr2=None) if truth_of(value.test) is False:
                return []
            case nodes.CondExpr(expr2=None):
                value = made(nodes.CondExpr, value, value.test, value.expr1, constant(None, value))
            case nodes.Const() | nodes.TemplateData():
                return [data(attribute(value_of(value), name), value)]
            case nodes.Concat():  # always text
                return [data(f' {name}="', value), *value.nodes, data('"', value)]
        return [made(nodes.Filter, value, value, "attribute", [constant(name, value)], [], None, None)]


def grouped(pieces: list[nodes.Node], origin: nodes.Node) -> list[nodes.Node]:
    """Return statements: expressions to write that stand side by side are one output."""
    found: list[nodes.Node] = []
    for piece in pieces:
        last = found[-1] if found else None
        if not isinstance(piece, nodes.Expr):
            found.append(piece)
        elif isinstance(last, nodes.Output) and last.lineno < 0:
            last.nodes.append(piece)
        else:
            found.append(nodes.Output([piece], lineno=-1, environment=origin.environment))
    for each in found:
        each.lineno = origin.lineno if each.lineno < 0 else each.lineno
    return found

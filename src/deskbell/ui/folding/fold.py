"""Folding: everything about a template that is known before a page is drawn is worked out once.

A macro called by its name is drawn where it is called, with the arguments in place of its parameters; then strings of
the language, icons, addresses, comparisons and choices between constants fall together into text. What stays is what
differs from page to page. The page is the same, character for character, as without folding (tests compare them).

    {{ tag("vpn") }}   →   <span class="chip tag">vpn</span>

What cannot be folded stays a call, as Jinja2 compiles it: `Keep` says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from typing_extensions import override

from deskbell.ui.folding.constants import Unknown, constant, truth_of, value_of
from deskbell.ui.folding.library import read
from deskbell.ui.folding.output import Output, grouped
from deskbell.ui.folding.place import Body, Keep, Place, loaded_in, made, stored_in

if TYPE_CHECKING:
    from deskbell.ui.folding.environment import FoldingEnvironment

MOST_UNROLLED = 40  # rounds of a loop over constants


def fold(environment: FoldingEnvironment, tree: nodes.Template, name: str | None) -> nodes.Template:
    """Return the folded template; the one given stays as it is."""
    body = Folder(environment, name).body(tree.body, Place(read(tree, name or "")))
    is_page = tree.find(nodes.Extends) is not None
    return made(nodes.Template, tree, _without_unused(body, loaded_in(*body), is_page=is_page))


class Folder(Output):
    """Folds statements."""

    @override
    def body(self, statements: Iterable[nodes.Node], place: Place) -> list[nodes.Node]:
        """Fold statements in order; output that has come to stand side by side becomes one."""
        found: list[nodes.Node] = []
        for statement in statements:
            for each in self.statement(statement, place):
                last = found[-1] if found else None
                if isinstance(each, nodes.Output) and isinstance(last, nodes.Output):
                    found[-1] = made(nodes.Output, last, [*last.nodes, *each.nodes])
                else:
                    found.append(each)
        return found

    def statement(self, node: nodes.Node, place: Place) -> list[nodes.Node]:
        match node:
            case nodes.Output():
                return grouped([piece for child in node.nodes for piece in self.pieces(child, place)], node)
            case nodes.If():
                return self.choice(node, place)
            case nodes.For():
                return self.loop(node, place)
            case nodes.CallBlock() | nodes.Assign():
                return self.with_macro(node, place) or [self.rebuilt(node, place)]
            case nodes.Macro() if not place.in_macro:
                own: dict[str, nodes.Expr] = {name: made(nodes.Name, node, name, "load") for name in stored_in(node)}
                return [self.rebuilt(node, replace(place, bound=own))]
            case nodes.Macro() | nodes.Block() | nodes.Include() | nodes.Import() | nodes.FromImport():
                if place.in_macro:
                    raise Keep
        return [self.rebuilt(node, place)]

    def with_macro(self, node: nodes.CallBlock | nodes.Assign, place: Place) -> list[nodes.Node]:
        """`{% call f() %}` and `{% set x = f() %}` with the macro drawn in place; empty if that is not possible."""
        try:
            match node:
                case nodes.CallBlock(args=[]):
                    return self.drawn(node.call, place, Body(node.body, place))
                case nodes.Assign(target=nodes.Name() as target, node=nodes.Call() as call) if self.macro(call, place):
                    kept = self.target(target, place)
                    return (
                        [self.block(kept.name, self.drawn(call, place), node)] if isinstance(kept, nodes.Name) else []
                    )
                case nodes.Assign(node=nodes.CondExpr(test=test, expr1=first, expr2=nodes.Expr() as second)) if (
                    self.macro(first, place) or self.macro(second, place)
                ):
                    yes, no = (made(nodes.Assign, node, node.target, each) for each in (first, second))
                    return self.choice(made(nodes.If, node, test, [yes], [], [no]), place)
        except Keep:
            if place.is_foreign:
                raise
        return []

    def choice(self, node: nodes.If, place: Place) -> list[nodes.Node]:
        """What can never be true is left out; what is always true ends the choice."""
        branches: list[tuple[nodes.Expr, list[nodes.Node]]] = []
        otherwise: list[nodes.Node] = node.else_
        for branch in (node, *node.elif_):
            test = self.expression(branch.test, place)
            is_true = truth_of(test)
            if is_true:
                otherwise = branch.body
                break
            if is_true is None:
                branches.append((test, self.body(branch.body, place)))
        last = self.body(otherwise, place)
        if not branches:
            return last
        (test, body), *more = branches
        return [made(nodes.If, node, test, body, [made(nodes.If, node, *each, [], []) for each in more], last)]

    def loop(self, node: nodes.For, place: Place) -> list[nodes.Node]:
        """A loop over constants is written out; any other stays."""
        rounds = self.rounds(node, place)
        if rounds is None:
            return [self.rebuilt(node, place)]
        if not rounds:
            return self.body(node.else_, place)
        found: list[nodes.Node] = []
        for values in rounds:
            known = {name: constant(value, node) for name, value in values.items()}
            found += self.body(node.body, replace(place, bound={**place.bound, **known}))
        return found

    def rounds(self, node: nodes.For, place: Place) -> list[dict[str, Any]] | None:
        """Return the values of the loop's variables, round by round; None if they are not known."""
        targets = node.target.items if isinstance(node.target, nodes.Tuple) else [node.target]
        names = [each.name for each in targets if isinstance(each, nodes.Name)]
        inside = made(nodes.Scope, node, node.body)
        sets = inside.find(nodes.Assign) or inside.find(nodes.AssignBlock)
        if node.test or node.recursive or sets or len(names) < len(targets) or "loop" in loaded_in(*node.body):
            return None
        try:
            values = self.listed(self.expression(node.iter, place), place)
            rounds = [dict(zip(names, each if isinstance(node.target, nodes.Tuple) else [each], strict=True))
                      for each in values[: MOST_UNROLLED + 1]]  # fmt: skip
        except (Unknown, TypeError, ValueError):
            return None
        is_simple = all(each is None or isinstance(each, str | int) for one in rounds for each in one.values())
        return rounds if is_simple and len(rounds) <= MOST_UNROLLED else None

    def listed(self, node: nodes.Expr, place: Place) -> list[Any]:
        """Return the members of a list that is known. Raises `Unknown`."""
        if not isinstance(node, nodes.Call):
            return list(value_of(node))
        if isinstance(node.node, nodes.Name) and node.node.name == "range" and "range" not in place.library.stored:
            return list(range(*[value_of(each) for each in node.args]))
        return list(self.answer(node, place))


def _without_unused(body: list[nodes.Node], used: set[str], *, is_page: bool) -> list[nodes.Node]:
    """Leave out imports nobody needs any more, and the macros of a page, which nobody else imports."""
    found: list[nodes.Node] = []
    for node in body:
        if is_page and isinstance(node, nodes.Macro) and node.name not in used:
            continue
        if isinstance(node, nodes.FromImport):
            node.names = [each for each in node.names if (each[1] if isinstance(each, tuple) else each) in used]
            if not node.names:
                continue
        found.append(node)
    return found

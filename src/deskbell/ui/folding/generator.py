"""What a folded template becomes in Python: as Jinja2 writes it, without what only other templates need.

- A value is written as text at once; Jinja2 makes a Markup of it first, which costs more than the escaping.
- What stands side by side is joined before it is handed up through the blocks.
- An attribute of a variable is asked of the object directly; only what has none goes through Jinja2's look-up.
- Functions of the environment are called directly: none of them wants the context.
"""

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape
from typing_extensions import override

from deskbell.ui.folding.place import MARK

_escaped: Any = escape("").__class__.escape  # Markup.escape, for what is neither text nor Markup
try:
    from markupsafe._speedups import _escape_inner
except ImportError:  # no compiled part on this machine
    from markupsafe._native import _escape_inner


def text(value: object) -> str:
    """Return what stands in the page for a value: escaped, unless it says itself that it is HTML."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)  # type: ignore[arg-type]
    if kind is Markup:
        return value  # type: ignore[return-value]
    if kind is int:
        return str(value)
    return str(_escaped(value))


class Generator(CodeGenerator):
    """Jinja2's, but for output, attributes and calls."""

    _numbered = 0

    @override
    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        self.writeline(f"from {text.__module__} import {text.__name__} as text_of")
        super().visit_Template(node, frame)

    @override
    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("text_of(")

    @override
    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        if frame.buffer is not None or frame.require_output_check:
            super().visit_Output(node, frame)
            return
        finalize = self._make_finalize()
        groups: list[str | nodes.Expr] = []
        for child in node.nodes:
            try:
                constant = self._output_child_to_const(child, frame, finalize)
            except Exception:  # noqa: BLE001  as Jinja2: what fails now shall fail when the page is drawn
                groups.append(child)
                continue
            if groups and isinstance(groups[-1], str):
                groups[-1] += str(constant)
            else:
                groups.append(str(constant))
        if len(groups) == 1 and isinstance(groups[0], str):
            self.writeline(f"yield {groups[0]!r}")
            return
        self.writeline("yield concat((")
        for group in groups:
            if isinstance(group, str):
                self.write(repr(group))
            else:
                self.newline(group)
                self._output_child_pre(group, frame, finalize)
                self.visit(group, frame)
                self._output_child_post(group, frame, finalize)
            self.write(", ")
        self.write("))")

    @override
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        if not isinstance(node.node, nodes.Name):
            super().visit_Getattr(node, frame)
            return
        self._numbered += 1
        found = f"g_{self._numbered}"
        self.write(f"({found} if ({found} := getattr(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r}, missing)) is not missing else environment.getattr(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r}))")

    @override
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        is_plain = isinstance(node.node, nodes.Name) and node.node.name.startswith(MARK)
        if not is_plain or forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for each in (*node.args, *node.kwargs):
            self.visit(each, frame)
            self.write(", ")
        self.write(")")

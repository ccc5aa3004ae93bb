"""Expressions whose value is known before a page is drawn."""

from functools import lru_cache
from typing import Any

from jinja2 import Undefined, nodes
from markupsafe import Markup, escape

from deskbell.ui.folding.generator import text

SIMPLE = (type(None), bool, int, float, str, Markup)  # values that can be written into the compiled template


class Unknown(Exception):
    """The value of an expression is not known yet."""


def value_of(node: nodes.Node | None) -> Any:
    """Return the value of a constant, or of a list or dictionary of them. Raises `Unknown`."""
    match node:
        case nodes.Const():
            return node.value
        case nodes.TemplateData():
            return Markup(node.data)  # noqa: S704  the template's own text
        case nodes.Tuple() | nodes.List():
            return [value_of(each) for each in node.items]
        case nodes.Dict():
            return {value_of(each.key): value_of(each.value) for each in node.items}
        case nodes.Operand():
            return value_of(node.expr)
    raise Unknown


def truth_of(node: nodes.Node) -> bool | None:
    """Say whether an expression counts as true; None if that is not known."""
    match node:
        case nodes.Const():
            return bool(node.value)
        case nodes.TemplateData():
            return bool(node.data)
        case nodes.Tuple() | nodes.List() | nodes.Dict():
            return bool(node.items)
        case nodes.Concat():
            constants = [each for each in node.nodes if isinstance(each, nodes.Const | nodes.TemplateData)]
            return True if any(truth_of(each) for each in constants) else None
    return None


def simplified(node: nodes.Expr, context: nodes.EvalContext) -> nodes.Expr:
    """Return the expression, or its value where all it is made of is known."""
    try:
        if isinstance(node, nodes.Concat):
            return constant(_joined([value_of(each) for each in node.nodes]), node)
        for child in node.iter_child_nodes():
            value_of(child)
        value = node.as_const(context)
    except (Unknown, nodes.Impossible):
        return node
    return constant(value, node) if type(value) in SIMPLE else node


def _joined(parts: list[Any]) -> str:
    """What `~` makes of values: HTML if one of them is HTML, which Jinja2 forgets when it folds by itself."""
    texts = [part if isinstance(part, str) else str(part) for part in parts]
    return Markup("").join(texts) if any(isinstance(part, Markup) for part in parts) else "".join(texts)


def constant(value: Any, origin: nodes.Node) -> nodes.Const:
    return nodes.Const(value, lineno=origin.lineno, environment=origin.environment)


def data(text: str, origin: nodes.Node) -> nodes.TemplateData:
    """Return text of the page that stands as it is."""
    return nodes.TemplateData(text, lineno=origin.lineno, environment=origin.environment)


@lru_cache(maxsize=500)
def attribute_name(parameter: str) -> str:
    """Return how a parameter is called in HTML: `hx_get` is `hx-get`, `for_` is `for`."""
    return str(escape(parameter.rstrip("_").replace("_", "-")))


def attribute(value: Any, name: str) -> Markup:
    """Return one HTML attribute with a leading space; nothing for None and False, the name alone for True."""
    if value is None or value is False or (isinstance(value, Undefined) and _is_left_out(value)):
        return NOTHING
    return Markup(f" {name}" if value is True else f' {name}="{text(value)}"')  # noqa: S704  escaped


def attrs(attributes: dict[str, Any]) -> Markup:
    """Return HTML attributes with a leading space: underscores become hyphens, None and False are left out.

    Macros pass their unknown named parameters through it: `button(_("Save"), hx_post=url("save"))`.
    """
    return NOTHING.join(attribute(value, attribute_name(name)) for name, value in attributes.items())


NOTHING = Markup()


def _is_left_out(value: Undefined) -> bool:
    # `{"x": 1 if condition}` is an Undefined too; a misspelt variable must still be an error.
    hint = getattr(value, "_undefined_hint", None)
    return bool(hint and "inline if-expression" in hint)

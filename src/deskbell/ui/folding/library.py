"""What a template file defines: its macros, what it imports, and which names it uses for its own."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from jinja2 import nodes


@dataclass(frozen=True)
class Library:
    """macros: those of the file itself. imports: name → (file, name there). stored: names of variables.

    inner: the variables of its loops and blocks, which a macro of the same file does not see.
    """

    name: str
    macros: dict[str, nodes.Macro] = field(default_factory=dict)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)
    stored: frozenset[str] = frozenset()
    inner: frozenset[str] = frozenset()


def read(tree: nodes.Template, name: str) -> Library:
    """Return what a parsed file defines. A name used for two things counts as a variable: it is left alone."""
    macros = {node.name: node for node in tree.body if isinstance(node, nodes.Macro)}
    imports: dict[str, tuple[str, str]] = {}
    stored = {each.name for each in _variables(tree)} | {node.target for node in tree.find_all(nodes.Import)}
    for node in tree.find_all(nodes.FromImport):
        file = node.template.value if isinstance(node.template, nodes.Const) and not node.with_context else None
        for each in node.names:
            there, here = each if isinstance(each, tuple) else (each, each)
            target = (str(file), there)
            if file is None or here in macros or imports.get(here, target) != target:
                stored.add(here)
            imports[here] = target
    inner: set[str] = set()
    for part in tree.body:
        if not isinstance(part, nodes.Assign | nodes.AssignBlock | nodes.Macro):
            inner |= {each.name for each in _variables(part)}
    return Library(
        name,
        {key: macro for key, macro in macros.items() if key not in stored},
        {key: target for key, target in imports.items() if key not in stored},
        frozenset(stored),
        frozenset(inner),
    )


def _variables(node: nodes.Node) -> Iterator[nodes.Name]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Macro):
            continue  # it has its own
        if isinstance(child, nodes.Name) and child.ctx != "load":
            yield child
        yield from _variables(child)

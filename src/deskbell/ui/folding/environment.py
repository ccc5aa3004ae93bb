"""A Jinja2 environment for one language, in which templates are folded before they are compiled."""

from collections.abc import Callable
from typing import Any

from django.utils import translation
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator
from typing_extensions import override

from deskbell.ui.folding.constants import attribute
from deskbell.ui.folding.fold import fold
from deskbell.ui.folding.generator import Generator
from deskbell.ui.folding.library import Library, read
from deskbell.ui.folding.place import MARK


class FoldingEnvironment(Environment):
    """Compiles what is the same on every page of a language into text.

    constants: functions whose answer depends on nothing but their arguments and what the environment stands for.
    """

    code_generator_class: type[CodeGenerator] = Generator

    def __init__(self, *, language: str | None, constants: frozenset[str] = frozenset(), **options: Any) -> None:
        super().__init__(**options)
        self.language = language
        self.constants = constants
        self.functions: dict[str, Callable[..., Any]] = {}
        self.filters["attribute"] = attribute  # one of those `attrs` writes
        self._libraries: dict[str, Library] = {}
        self.wrapped: dict[str, Any] = {}  # templates as Django wraps them, which it would do anew for each page

    def add_functions(self, functions: dict[str, Callable[..., Any]]) -> None:
        """Make functions known to all templates; none of them may want Jinja2's context."""
        self.functions.update(functions)
        self.globals.update(functions)
        self.globals.update({MARK + name: function for name, function in functions.items()})

    def library(self, name: str) -> Library:
        """Return the macros of a template file. Raises `TemplateNotFound`."""
        found = self._libraries.get(name)
        if found is None:
            assert self.loader is not None
            source, filename, _fresh = self.loader.get_source(self, name)
            found = self._libraries[name] = read(super()._parse(source, name, filename), name)
        return found

    @override
    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        with translation.override(self.language):
            return super()._generate(fold(self, source, name), name, filename, defer_init)

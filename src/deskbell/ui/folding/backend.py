"""Django's Jinja2 backend with one environment for each language, made when it is first used."""

from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.core.files.storage import storages
from django.template.backends import jinja2 as backend
from django.urls import get_script_prefix, get_urlconf
from django.utils import translation
from jinja2 import Template as Compiled
from typing_extensions import override

from deskbell.ui.folding.environment import FoldingEnvironment
from deskbell.ui.folding.kept import kept

MOST = 40  # environments: one for each language, and in tests for other addresses and files


class Environments:
    """Gives the environment that fits the moment. Whatever is folded into templates is part of the key."""

    def __init__(self, make: Callable[[str | None], FoldingEnvironment]) -> None:
        @lru_cache(maxsize=MOST)
        def made(language: str | None, prefix: str, urlconf: str, _files: object) -> FoldingEnvironment:
            environment = make(language)
            environment.bytecode_cache = kept(language, prefix, urlconf)
            return environment

        self._made = made

    def fitting(self) -> FoldingEnvironment:
        urlconf = get_urlconf() or settings.ROOT_URLCONF
        return self._made(translation.get_language(), get_script_prefix(), urlconf, storages["staticfiles"])


class Jinja2(backend.Jinja2):
    """`OPTIONS["environment"]` names a function that returns `Environments`."""

    @property  # type: ignore[explicit-override]
    def env(self) -> FoldingEnvironment:
        return self._environments.fitting()

    @env.setter  # type: ignore[override]
    def env(self, environments: Environments) -> None:  # what Django got from OPTIONS
        self._environments = environments

    @override
    def get_template(self, template_name: str) -> "Template":
        environment = self.env
        found: Template | None = environment.wrapped.get(template_name)
        if found is None:
            found = Template(super().get_template(template_name).template, self)
            if not environment.auto_reload:
                environment.wrapped[template_name] = found
        return found


class Template(backend.Template):
    """A template in the language that is active when it is drawn, whichever was when it was got."""

    _compiled: Compiled

    @property  # type: ignore[explicit-override]
    def template(self) -> Compiled:
        found, environment = self._compiled, self.backend.env
        if found.environment is not environment:
            assert found.name is not None
            found = self._compiled = environment.get_template(found.name)
        return found

    @template.setter
    def template(self, compiled: Compiled) -> None:
        self._compiled = compiled

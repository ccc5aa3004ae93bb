"""Folding changes what a page costs, and nothing of the page."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.template import engines
from django.test import Client
from django.urls import include, path
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError, nodes
from jinja2.compiler import CodeGenerator
from markupsafe import Markup
from typing_extensions import override

from deskbell.kernel.api import clock
from deskbell.ui import fields, jinja, times
from deskbell.ui.folding.backend import Environments
from deskbell.ui.folding.environment import FoldingEnvironment

urlpatterns = [path("styleguide/", include("deskbell.ui.urls"))]

LIBRARY = """
{% from "other.html" import mark %}
{% macro button(label, kind="plain", icon=None) %}
<button class="{{ kind }}{{ ' big' if kind == 'primary' }}"{{ kwargs|attrs }}>{% if icon %}{{ svg(icon) }}{% endif %}{{ label }}</button>
{% endmacro %}
{% macro box(title) %}<div title="{{ title }}">{{ caller() }}{% if caller is defined and caller %}!{% endif %}</div>{% endmacro %}
{% macro maybe(title) %}{% if caller is defined and caller %}{{ caller() }}{% else %}none{% endif %}{{ title }}{% endmacro %}
{% macro counted(items) %}{% set total = items|length %}{% for each in items %}{{ loop.index }}/{{ total }} {{ each }} {% endfor %}{% endmacro %}
{% macro tree(node) %}{{ node.name }}{% for child in node.children %}({{ tree(child) }}){% endfor %}{% endmacro %}
{% macro changed(label) %}{% set label = label ~ "?" %}{{ label }}{{ label }}{% endmacro %}
{% macro marked(text) %}{{ mark(text) if text }}{% endmacro %}
{% macro passing(label) %}{{ button(label, **kwargs) }}{% endmacro %}
{% macro many(*no) %}{% endmacro %}
""".replace("{% macro many(*no) %}{% endmacro %}\n", "")
OTHER = "{% macro mark(text) %}<mark>{{ text }}</mark>{% endmacro %}"
IMPORT = '{% from "library.html" import button, box, maybe, counted, tree, changed, marked, passing %}'


class Plain(FoldingEnvironment):
    """The same environment as Jinja2 compiles it by itself."""

    code_generator_class = CodeGenerator

    @override
    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return Environment._generate(self, source, name, filename, defer_init)


def drawn(kind: type[FoldingEnvironment], page: str, context: dict[str, Any]) -> str:
    files = {"library.html": LIBRARY, "other.html": OTHER, "page.html": page}
    options: dict[str, Any] = {"loader": DictLoader(files), "undefined": StrictUndefined}
    env = kind(language="en", constants=jinja.CONSTANTS, extensions=["jinja2.ext.i18n"], autoescape=True, **options)
    env.newstyle_gettext = True  # type: ignore[attr-defined]
    env.add_functions(jinja.functions())
    env.filters.update(jinja.filters())
    with translation.override("en"):
        return env.get_template("page.html").render(**context)


@pytest.mark.parametrize(
    "page",
    [
        '{{ button(_("Save"), kind="primary", icon="check", hx_get="/a?b&c", disabled=True, title=none) }}',
        "{{ button(name, kind=kind, data_x=name, data_y=missing_or_not, data_z=1 if no) }}",
        "{% call box(name) %}<b>{{ name }}</b>{% endcall %}{{ maybe(name) }}{% call maybe(1) %}x{% endcall %}",
        "{% for name in names %}{% call box(name) %}{{ loop.index }}{{ name }}{% endcall %}{% endfor %}{{ name }}",
        "{{ counted(names) }}{{ counted([1, 2]) }}{% for items in [names] %}{{ counted(items) }}{% endfor %}",
        "{{ tree(node) }}",
        "{{ changed(name) }}{{ changed('a') }}{% set label = 'mine' %}{{ changed(name) }}{{ label }}",
        "{{ marked(name) }}{{ marked('') }}{{ marked(html) }}{{ button(marked(name)) }}",
        "{{ passing(name, kind='primary', data_a=name, id=2) }}",
        "{% set kept = marked(name) if yes else none %}{{ kept }}{% set kept = marked(name) if no else none %}{{ kept }}",
        "{% macro own(text) %}{{ text }}{{ name }}{% endmacro %}{{ own(1) }}{% for name in names %}{{ own(name) }}{% endfor %}",
        "{% macro button2(x) %}{{ button(x, **kwargs) }}{% endmacro %}{{ button2(name, id=3) }}",
        "{% for button in names %}{{ button }}{% endfor %}",
        "{{ name ~ html ~ '<' }}{{ ' ' ~ kind if kind != 'x' }}{{ '&' if yes }}{{ html if no else '<' }}",
        "{% trans n=name %}All of {{ n }}, 100 %%{% endtrans %}{{ _('It%%s') }}",
        '{% for a, b in [("x", _("Save")), ("y", 2)] %}{{ a }}{{ b }}{% else %}none{% endfor %}',
        "{% for x in [] %}{{ x }}{% else %}none{% endfor %}{% for x in range(3) %}{{ loop.index }}{{ x }}{% endfor %}",
        "{% if yes %}a{% elif no %}b{% endif %}{% if 1 == 2 %}c{% elif yes and true %}d{% else %}e{% endif %}",
        "{% block one %}{{ button(name) }}{% endblock %}{% set x %}{{ marked(name) }}{% endset %}{{ x }}",
        "{{ node.name }}{{ table.key }}{{ table['key'] }}{{ node.children|length }}{{ {'a': name}|attrs }}",
    ],
)
def test_a_page_is_the_same_folded_and_not(page: str) -> None:
    context = {
        "name": '<"Anna">',
        "kind": "primary",
        "names": ["a", "<b>"],
        "html": Markup("<i>"),
        "yes": True,
        "no": False,
        "missing_or_not": None,
        "table": {"key": "value"},
        "node": {"name": "1", "children": [{"name": "2", "children": []}]},
    }
    assert drawn(FoldingEnvironment, IMPORT + page, context) == drawn(Plain, IMPORT + page, context)


def test_a_macro_with_known_arguments_becomes_text() -> None:
    env = FoldingEnvironment(
        language="en", loader=DictLoader({"library.html": LIBRARY, "other.html": OTHER}), autoescape=True
    )
    env.filters.update(jinja.filters())
    source = env.compile(IMPORT + '{{ button("Go", kind="primary", hx_get="/a") }}', raw=True)
    assert '<button class="primary big" hx-get="/a">Go</button>' in source
    assert "library.html" not in source


@pytest.mark.parametrize(
    "page", ["{{ button() }}", "{{ button(nobody) }}", "{{ box(1, unknown=2) }}", "{{ node.nothing }}"]
)
def test_what_is_wrong_fails_as_before(page: str) -> None:
    for kind in (FoldingEnvironment, Plain):
        with pytest.raises((UndefinedError, TypeError)):
            drawn(kind, IMPORT + page, {"node": {}})


def test_a_template_speaks_the_language_that_is_active_when_it_is_drawn() -> None:
    template = engines["jinja2"].get_template("errors/404.html")
    with translation.override("fi"):
        finnish = template.render({})
    with translation.override("en"):
        english = template.render({})
    assert 'lang="fi"' in finnish
    assert 'lang="en"' in english
    assert re.sub("lang=..", "", finnish) != re.sub("lang=..", "", english)


@pytest.fixture
def unfolded() -> Iterator[Any]:
    engine: Any = engines["jinja2"]
    folding, options = engine._environments, {"loader": engine.env.loader}
    yield lambda: setattr(engine, "env", Environments(lambda language: jinja.environment(language, Plain, **options)))
    engine.env = folding


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("language", ["en", "uk"])
def test_the_style_guide_is_the_same_folded_and_not(client: Client, unfolded: Any, language: str) -> None:
    from deskbell.ui import styleguide

    pages = ["", *(f"{name}/" for name in styleguide.PAGES)]
    with clock.moved_to(datetime(2026, 11, 18, 10, 30, tzinfo=UTC)):
        folded = [_page(client, page, language) for page in pages]
        unfolded()
        assert folded == [_page(client, page, language) for page in pages]


def _page(client: Client, page: str, language: str) -> str:
    response = client.get(f"/styleguide/{page}", headers={"Accept-Language": language})
    assert response.status_code == 200
    return re.sub(r'(deskbell-now" content|"X-CSRFToken":|value) ?=? ?"[^"]*"|<time[^>]*>', "", response.text)


def test_options_translated_late_are_not_kept_in_another_language() -> None:
    choices = [("yes", gettext_lazy("Save"))]
    with translation.override("en"):
        english = fields.options_html(choices)
    with translation.override("uk"):
        assert fields.options_html(choices) != english


def test_a_kept_moment_is_written_anew_in_another_zone_and_language() -> None:
    moment = datetime(2026, 11, 18, 21, 30, tzinfo=UTC)
    with translation.override("en"), timezone.override("UTC"):
        here = times.ago(moment)
    with translation.override("en"), timezone.override("Asia/Taipei"):
        assert times.ago(moment) != here
    with translation.override("fi"), timezone.override("UTC"):
        assert times.ago(moment) != here

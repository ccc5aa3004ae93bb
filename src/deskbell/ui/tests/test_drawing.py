"""Icons, faces, attributes and the macros that carry logic."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django import forms
from django.template import engines
from jinja2 import UndefinedError

from deskbell.ui import faces
from deskbell.ui.folding.constants import attrs
from deskbell.ui.icons import UnknownIconError, drawings, icon


def draw(source: str, **context: object) -> str:
    backend: Any = engines["jinja2"]
    return str(backend.env.from_string(source).render(**context)).strip()


def test_an_icon_is_hidden_from_readers_unless_it_has_a_name() -> None:
    assert 'aria-hidden="true"' in icon("bell")
    assert 'role="img" aria-label="Bell &amp; co"' in icon("bell", label="Bell & co")


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(UnknownIconError, match="no-such"):
        icon("no-such")


def test_the_drawings_hold_shapes_only() -> None:
    assert all("<script" not in drawing and "style=" not in drawing for drawing in drawings().values())


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Anna Kern", "AK"),
        ("Олена Шевченко", "ОШ"),
        ("林佳蓉", "佳蓉"),
        ("anna@example.org", "AO"),
        ("Cher", "C"),
        ("", "?"),
        ("… —", "?"),
        ("Jean-Luc van der Berg", "JB"),
    ],
)
def test_initials_of_names_in_several_scripts(name: str, letters: str) -> None:
    assert faces.initials(name) == letters


def test_a_tint_is_stable_and_one_of_twelve() -> None:
    assert faces.tint("Anna Kern") == faces.tint("Anna Kern")
    assert {faces.tint(number) for number in range(500)} == set(range(1, 13))


def test_attributes_are_escaped_and_left_out_when_false_or_none() -> None:
    assert attrs({"hx_get": '/a?"b', "disabled": True, "title": None, "hidden": False}) == (
        ' hx-get="/a?&#34;b" disabled'
    )


def test_a_condition_without_else_leaves_an_attribute_out() -> None:
    assert draw('<i{{ {"a": "b" if false}|attrs }}>') == "<i>"


def test_a_misspelt_variable_in_an_attribute_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        draw('<i{{ {"a": nobody}|attrs }}>')


def test_a_label_is_escaped_in_a_button() -> None:
    html = draw('{% from "ui/controls.html" import button %}{{ button(label) }}', label="<b>")
    assert "&lt;b&gt;" in html


def test_a_select_marks_the_chosen_option_also_in_groups() -> None:
    source = '{% from "ui/fields.html" import bare_select %}{{ bare_select("s", options, value=2) }}'
    assert '<option value="2" selected>Two</option>' in draw(source, options=[(1, "One"), (2, "Two")])
    assert '<option value="2" selected>Two</option>' in draw(source, options=[("Group", [(2, "Two")])])


class Form(forms.Form):
    name = forms.CharField(help_text="As on mails")
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, required=False)
    when = forms.DateTimeField(widget=forms.DateTimeInput, required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_refused_field_is_tied_to_its_error_and_its_help() -> None:
    html = draw('{% from "ui/fields.html" import field %}{{ field(form["name"]) }}', form=Form({}))
    assert 'aria-describedby="id_name_error id_name_help"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_error"' in html


def test_only_fields_that_may_be_empty_are_marked() -> None:
    html = draw('{% from "ui/fields.html" import form_fields %}{{ form_fields(form) }}', form=Form())
    assert html.count("optional-mark") == 2


def test_a_time_field_speaks_the_browsers_format() -> None:
    form = Form(initial={"when": "2026-11-21 10:30"})
    assert 'type="datetime-local"' in draw(
        '{% from "ui/fields.html" import field %}{{ field(form["when"]) }}', form=form
    )


def test_the_summary_links_to_the_refused_fields() -> None:
    html = draw('{% from "ui/fields.html" import error_summary %}{{ error_summary(form) }}', form=Form({}))
    assert '<a href="#id_name">Name</a>' in html


def test_a_note_always_says_who_sees_it() -> None:
    source = '{% from "ui/conversation.html" import message %}{% call message("m1", "note", "Tom", at) %}x{% endcall %}'
    html = draw(source, at=datetime(2026, 1, 1, tzinfo=UTC))
    assert "Only colleagues see this" in html

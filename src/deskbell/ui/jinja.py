"""The Jinja2 environment of all pages; settings name it as `deskbell.ui.jinja.environment`."""

from functools import cache, lru_cache
from typing import Any

from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.templatetags.static import static
from jinja2 import Environment, StrictUndefined, Undefined
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from deskbell.ui import faces, fields, forms, times, translated
from deskbell.ui.addresses import url
from deskbell.ui.appearance import appearance
from deskbell.ui.icons import drawings, icon
from deskbell.ui.remembered import remembered
from deskbell.ui.strings import browser_strings
from deskbell.ui.stylesheets import modules, stylesheets


def attrs(attributes: dict[str, Any]) -> Markup:
    """Return HTML attributes with a leading space: underscores become hyphens, None and False are left out.

    Macros pass their unknown named parameters through it: `button(_("Save"), hx_post=url("save"))`.
    """
    if not attributes:
        return NOTHING
    parts = []
    for name, value in attributes.items():
        if value is None or value is False or (isinstance(value, Undefined) and _is_left_out(value)):
            continue
        name_in_html = _attribute(name)
        parts.append(f" {name_in_html}" if value is True else f' {name_in_html}="{escape(value)}"')
    return Markup("".join(parts))  # noqa: S704  names and values are escaped


NOTHING = Markup()


@lru_cache(maxsize=500)
def _attribute(name: str) -> str:
    return str(escape(name.rstrip("_").replace("_", "-")))


def _is_left_out(value: object) -> bool:
    # `{"x": 1 if condition}` is an Undefined too; a misspelt variable must still be an error.
    hint = getattr(value, "_undefined_hint", None) if isinstance(value, Undefined) else None
    return bool(hint and "inline if-expression" in hint)


def toasts(request: HttpRequest | None) -> list[Message]:
    """Return and use up the messages waiting for the viewer; none on pages without a session."""
    if request is None or not hasattr(request, "_messages"):
        return []
    return list(get_messages(request))


@cache
def editor_icons() -> Markup:
    """Return the drawings the rich-text toolbar needs as JSON, keyed by Lucide name."""
    names = (
        "bold",
        "italic",
        "strikethrough",
        "list",
        "list-ordered",
        "quote",
        "code",
        "link",
        "image",
        "table",
        "undo-2",
        "redo-2",
        "x",
    )
    return htmlsafe_json_dumps({name: drawings()[name] for name in names})


def environment(**options: Any) -> Environment:
    """Return the environment Django's Jinja2 backend asks for.

    A missing variable is an error, not an empty string, in every deployment: a page either says
    what it means or fails in a test.
    """
    options["undefined"] = StrictUndefined
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    extensions = ["jinja2.ext.i18n", "jinja2.ext.do", *options.pop("extensions", [])]
    env = Environment(extensions=extensions, **options)  # noqa: S701  Django's backend passes autoescape
    env.autoescape = True
    env.policies["ext.i18n.trimmed"] = True
    env.globals.update(translated.FUNCTIONS)
    env.newstyle_gettext = True  # type: ignore[attr-defined]  # {% trans %} leaves the formatting to them
    env.globals.update(
        static=static,
        url=url,
        icon=icon,
        svg=icon,  # inside macros whose parameter is called icon
        browser_strings=browser_strings,
        editor_icons=editor_icons,
        toasts=toasts,
        appearance=appearance,
        stylesheets=stylesheets,
        modules=modules,
        options_html=fields.options_html,
        remembered=remembered,
        widget=forms.widget,
        widget_kind=forms.widget_kind,
    )
    env.filters.update(
        datetime=times.datetime_filter,
        ago=times.ago,
        due=times.due,
        relative_time=times.due,
        day_heading=times.day_heading,
        duration=times.duration,
        filesize=times.filesize,
        number=times.number,
        count_label=times.count,
        attrs=attrs,
        initials=faces.initials,
        tint=faces.tint,
    )
    return env

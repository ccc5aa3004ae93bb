"""The Jinja2 environments of all pages, one for each language; settings name it as `deskbell.ui.jinja.environments`."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.templatetags.static import static
from jinja2 import StrictUndefined
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from deskbell.ui import faces, fields, forms, times, translated
from deskbell.ui.addresses import addresses
from deskbell.ui.appearance import appearance
from deskbell.ui.folding.backend import Environments
from deskbell.ui.folding.constants import attrs
from deskbell.ui.folding.environment import FoldingEnvironment
from deskbell.ui.icons import drawings, icon
from deskbell.ui.strings import browser_strings
from deskbell.ui.stylesheets import modules, stylesheets


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


# Functions whose answer depends on nothing but their arguments, the language, and where pages and files are.
CONSTANTS = frozenset(
    {
        "_",
        "gettext",
        "pgettext",
        "static",
        "url",
        "icon",
        "svg",
        "browser_strings",
        "editor_icons",
        "stylesheets",
        "modules",
    }
)


def environments(**options: Any) -> Environments:
    """Return what Django's Jinja2 backend asks for: environments by language."""
    return Environments(lambda language: environment(language, **options))


def environment(
    language: str | None, kind: type[FoldingEnvironment] = FoldingEnvironment, **options: Any
) -> FoldingEnvironment:
    """Return the environment of a language.

    A missing variable is an error, not an empty string, in every deployment: a page either says
    what it means or fails in a test.
    """
    options["undefined"] = StrictUndefined
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    options["extensions"] = ["jinja2.ext.i18n", "jinja2.ext.do", *options.get("extensions", [])]
    env = kind(language=language, constants=CONSTANTS, **options)
    env.autoescape = True
    env.policies["ext.i18n.trimmed"] = True
    env.newstyle_gettext = True  # type: ignore[attr-defined]  # {% trans %} leaves the formatting to them
    env.add_functions(functions())
    env.filters.update(filters())
    return env


def functions() -> dict[str, Callable[..., Any]]:
    """Return what templates can call."""
    return {
        **translated.FUNCTIONS,
        "static": static,
        "url": addresses(),
        "icon": icon,
        "svg": icon,  # inside macros whose parameter is called icon
        "browser_strings": browser_strings,
        "editor_icons": editor_icons,
        "toasts": toasts,
        "appearance": appearance,
        "stylesheets": stylesheets,
        "modules": modules,
        "options_html": fields.options_html,
        "widget": forms.widget,
        "widget_kind": forms.widget_kind,
    }


def filters() -> dict[str, Callable[..., Any]]:
    return {
        "datetime": times.datetime_filter,
        "ago": times.ago,
        "due": times.due,
        "relative_time": times.due,
        "day_heading": times.day_heading,
        "duration": times.duration,
        "filesize": times.filesize,
        "number": times.number,
        "count_label": times.count,
        "attrs": attrs,
        "initials": faces.initials,
        "tint": faces.tint,
    }

"""The Jinja2 environment of all pages; settings name it as `deskbell.ui.jinja.environment`."""

from typing import Any

from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined, Undefined
from markupsafe import Markup

from deskbell.ui import faces, forms, times
from deskbell.ui.appearance import appearance
from deskbell.ui.icons import drawings, icon
from deskbell.ui.strings import browser_strings
from deskbell.ui.stylesheets import modules, stylesheets


def url(name: str, *args: object, **kwargs: object) -> str:
    """Return the address of a named view."""
    return str(reverse(name, args=args, kwargs=kwargs or None) if args or kwargs else reverse(name))


def attrs(attributes: dict[str, Any]) -> Markup:
    """Return HTML attributes with a leading space: underscores become hyphens, None and False are left out.

    Macros pass their unknown named parameters through it: `button(_("Save"), hx_post=url("save"))`.
    """
    parts = []
    for name, value in attributes.items():
        if value is None or value is False or _is_left_out(value):
            continue
        name_in_html = name.rstrip("_").replace("_", "-")
        parts.append(
            Markup(" {}").format(name_in_html) if value is True else Markup(' {}="{}"').format(name_in_html, value)
        )
    return Markup().join(parts)


def _is_left_out(value: object) -> bool:
    # `{"x": 1 if condition}` is an Undefined too; a misspelt variable must still be an error.
    hint = getattr(value, "_undefined_hint", None) if isinstance(value, Undefined) else None
    return bool(hint and "inline if-expression" in hint)


def toasts(request: HttpRequest | None) -> list[Message]:
    """Return and use up the messages waiting for the viewer; none on pages without a session."""
    if request is None or not hasattr(request, "_messages"):
        return []
    return list(get_messages(request))


def editor_icons() -> dict[str, str]:
    """Return the drawings the rich-text toolbar needs, keyed by Lucide name."""
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
    return {name: drawings()[name] for name in names}


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
    install: Any = env
    install.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)
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

"""gettext for templates: what a string is in a language is looked up once, then a dictionary answers.

A page says some four hundred strings. Jinja2's own "new style" gettext marks each as safe and formats it with nothing;
here that is done when a string is first said in a language. Catalogues do not change while a process runs.
"""

from collections.abc import Callable
from typing import Any

from django.utils import translation
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from markupsafe import Markup

_known: dict[tuple[str | None, str], Markup] = {}
_patterns: dict[tuple[str | None, str], Markup] = {}


def said(message: str, /, **values: Any) -> Markup:
    """The string in the active language, with its named places filled (values are escaped)."""
    key = (translation.get_language(), message)
    if not values:
        found = _known.get(key)
        if found is None:
            found = _known[key] = Markup(gettext(message)) % {}  # noqa: S704  translations may carry HTML, as ever
        return found
    pattern = _patterns.get(key)
    if pattern is None:
        pattern = _patterns[key] = Markup(gettext(message))  # noqa: S704
    return pattern % values


def said_n(singular: str, plural: str, num: int, /, **values: Any) -> Markup:
    values.setdefault("num", num)
    return Markup(ngettext(singular, plural, num)) % values  # noqa: S704


def said_in(context: str, message: str, /, **values: Any) -> Markup:
    values.setdefault("context", context)
    return Markup(pgettext(context, message)) % values  # noqa: S704


def said_n_in(context: str, singular: str, plural: str, num: int, /, **values: Any) -> Markup:
    values.setdefault("context", context)
    values.setdefault("num", num)
    return Markup(npgettext(context, singular, plural, num)) % values  # noqa: S704


FUNCTIONS: dict[str, Callable[..., Markup]] = {
    "_": said,
    "gettext": said,
    "ngettext": said_n,
    "pgettext": said_in,
    "npgettext": said_n_in,
}

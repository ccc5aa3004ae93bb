"""Macros that draw the same again and again: a queue shows four priorities and a dozen faces, fifty times.

    {% set dot = remembered(state_dot) %} … {{ dot(row.state, row.state_category) }}

For macros that depend on nothing but what they are given (strings and numbers) and the language.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.utils import translation
from jinja2.runtime import Macro
from markupsafe import Markup

MOST = 2000  # drawings of one macro


@lru_cache(maxsize=50)
def remembered(macro: Macro) -> Callable[..., Markup]:
    """Return a function that draws as the macro does, each drawing once."""

    @lru_cache(maxsize=MOST)
    def drawn(_language: str | None, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...]) -> Markup:
        return Markup(macro(*args, **dict(kwargs)))  # noqa: S704  the macro has escaped what needs it

    def draw(*args: Any, **kwargs: Any) -> Markup:
        return drawn(translation.get_language(), args, tuple(kwargs.items()))

    return draw

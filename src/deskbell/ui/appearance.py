"""How a page presents itself to its viewer: theme, density, language, writing direction."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone, translation

from deskbell.kernel.api import clock

THEMES = ("system", "light", "dark")
DENSITIES = ("compact", "comfortable")


@dataclass(frozen=True, slots=True)
class Appearance:
    theme: str
    density: str
    language: str
    direction: str
    now: str
    """The server's time (ISO 8601, UTC): the demo may move the clock, relative times follow it."""
    zone: str
    """The zone in which the page tells times: the person's own, which need not be the browser's."""


def appearance(request: Any = None) -> Appearance:
    """Return the viewer's appearance; a person's own choice wins over the browser's cookie."""
    user = getattr(request, "user", None)
    cookies: dict[str, str] = getattr(request, "COOKIES", {})
    language = translation.get_language() or "en"
    return Appearance(
        theme=_choice(getattr(user, "theme", None), cookies.get("theme"), THEMES, "system"),
        density=_choice(getattr(user, "density", None), cookies.get("density"), DENSITIES, "compact"),
        language=language,
        direction="rtl" if translation.get_language_bidi() else "ltr",
        now=clock.now().isoformat(),
        zone=timezone.get_current_timezone_name(),
    )


def _choice(chosen: str | None, remembered: str | None, allowed: tuple[str, ...], default: str) -> str:
    for value in (chosen, remembered):
        if value in allowed:
            return value
    return default

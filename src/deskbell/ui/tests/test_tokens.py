"""The colours of the design system are readable: every pair that meets on a page has its contrast."""

import math
import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[1] / "static" / "ui" / "css" / "tokens.css"
COLOUR = r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)"
PAIR = re.compile(rf"--([\w-]+): light-dark\({COLOUR}, {COLOUR}\);")
SURFACES = ("gutter", "panel", "card", "sunken", "hover")
TEXT, LARGE = 4.5, 3.0  # WCAG 2.2: 1.4.3 for text, 1.4.11 for controls and marks

Colour = tuple[float, float, float]


def _tokens() -> dict[str, tuple[Colour, Colour]]:
    found = {}
    for name, *numbers in PAIR.findall(TOKENS.read_text(encoding="utf-8")):
        values = [float(number) for number in numbers]
        found[name] = ((values[0], values[1], values[2]), (values[3], values[4], values[5]))
    return found


def _linear_rgb(colour: Colour) -> Colour:
    lightness, chroma, hue = colour
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _luminance(colour: Colour) -> float:
    # Outside sRGB the browser maps the colour into it; clipping is close enough for a limit.
    red, green, blue = (min(1.0, max(0.0, channel)) for channel in _linear_rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: Colour, other: Colour) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _pairs() -> list[tuple[str, str, float]]:
    texts = ("ink", "ink-2", "ink-3", "accent-ink", "bad")
    wanted = [(text, surface, TEXT) for text in texts for surface in SURFACES]
    wanted += [(text, "outgoing", TEXT) for text in ("ink", "ink-2", "ink-3", "accent-ink")]
    wanted += [(text, "paper", TEXT) for text in ("ink", "ink-2", "ink-3", "warn", "accent-ink")]
    wanted += [(text, "accent-soft", TEXT) for text in ("ink", "ink-2", "accent-ink")]
    wanted += [(name, f"{name}-soft", TEXT) for name in ("good", "warn", "bad", "violet")]
    wanted += [("ink", f"{name}-soft", TEXT) for name in ("good", "warn", "bad", "violet")]
    wanted += [("on-accent", "accent", TEXT), ("on-accent", "accent-hover", TEXT), ("on-bad", "bad-fill", TEXT)]
    wanted += [("on-edge-warn", "edge-warn", TEXT), ("on-brass", "rail-brass", TEXT)]
    wanted += [("rail-ink", "rail", TEXT), ("rail-ink", "rail-on", TEXT), ("rail-strong", "rail-on", TEXT)]
    wanted += [("tint-ink", f"tint-{number}", TEXT) for number in range(1, 13)]
    wanted += [("line-strong", surface, LARGE) for surface in ("panel", "card")]
    wanted += [(mark, surface, LARGE) for mark in ("focus", "brass", "accent") for surface in ("panel", "card")]
    wanted += [("edge-warn", "paper", LARGE), ("edge-warn", "panel", LARGE), ("rail-brass", "rail", LARGE)]
    return wanted


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "limit"), _pairs(), ids=str)
def test_a_pair_of_colours_has_its_contrast(front: str, back: str, limit: float, theme: int) -> None:
    tokens = _tokens()
    measured = _contrast(tokens[front][theme], tokens[back][theme])
    assert measured >= limit, f"{front} on {back}: {measured:.2f}, needs {limit}"


def test_the_conversion_agrees_with_known_colours() -> None:
    assert _contrast((1, 0, 0), (0, 0, 0)) == pytest.approx(21, abs=0.01)
    red = _linear_rgb((0.62796, 0.25768, 29.234))
    assert red == pytest.approx((1, 0, 0), abs=0.001)

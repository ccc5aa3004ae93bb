"""The changing parts of the texts: dates, amounts, numbers and names, written as each language writes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_currency

PRODUCTS = ("Halo 3", "Halo Mini", "Kajo 60", "Kajo Spot", "Noki", "Noki Floor", "Sisu Plug", "Sisu Track", "Revontuli")
FOLDERS = {
    "en": ("Sales 2026", "Drawings North", "Price lists", "Trade fairs"),
    "fi": ("Myynti 2026", "Piirustukset", "Hinnastot"),
    "pl": ("Sprzedaż 2026", "Rysunki", "Cenniki"),
    "uk": ("Продажі 2026", "Креслення", "Прайси"),
    "ru": ("Продажи 2026", "Чертежи", "Прайсы"),
    "zh-hant": ("業務 2026", "圖面", "價目表"),
}
COMPANIES = (
    "Harrow & Vale",
    "Stonefield",
    "Meble Karpaty",
    "Hotelli Rauhaniemi",
    "Merrion",
    "Coastline Hotel",
    "Alatau",
)
_LOCALES = {"zh-hant": "zh_Hant_TW"}
_BABEL_LOCALES = {"en": "en_GB", "pl": "pl_PL", "fi": "fi_FI", "uk": "uk_UA", "ru": "ru_RU"} | _LOCALES
# "14 March" in the form each language uses inside a sentence.
_DAY = {"en": "d MMMM", "fi": "d.M.", "pl": "d MMMM", "uk": "d MMMM", "ru": "d MMMM", "zh-hant": "M月d日"}


def locale_of(language: str) -> str:
    return _BABEL_LOCALES[language]


def local_day(moment: datetime, language: str, time_zone: str) -> str:
    return format_date(moment.astimezone(ZoneInfo(time_zone)), _DAY[language], locale=locale_of(language))


def local_time(moment: datetime, language: str, time_zone: str) -> str:
    return format_time(moment.astimezone(ZoneInfo(time_zone)), "H:mm", locale=locale_of(language))


class Slots(dict[str, str]):
    """Values for `str.format_map`; each is chosen when first asked for and stays the same within a ticket.

    moment: the time of writing (aware); dates and times in the text lie around it.
    """

    def __init__(self, rng: Random, language: str, time_zone: str, moment: datetime) -> None:
        super().__init__()
        self._rng, self._language, self._zone, self._moment = rng, language, time_zone, moment
        self._make: dict[str, Callable[[], str]] = {
            "time": lambda: self._clock(-4, 4),
            "time2": lambda: self._clock(1, 3),
            "days": lambda: str(rng.randint(3, 16)),
            "device": lambda: f"LK-NB-{rng.randint(1100, 1989)}",
            "version": lambda: f"{rng.randint(3, 7)}.{rng.randint(0, 9)}.{rng.randint(0, 14)}",
            "company": lambda: rng.choice(COMPANIES),
            "room": lambda: f"{rng.randint(1, 4)}.{rng.randint(10, 38)}",
            "floor": lambda: str(rng.randint(1, 4)),
            "count": lambda: str(rng.choice((4, 6, 8, 12, 14, 16, 18, 24, 30, 36, 48, 60))),
            "cost": lambda: str(rng.randint(21, 49) * 100),
            "folder": lambda: rng.choice(FOLDERS[language]),
            "product": lambda: rng.choice(PRODUCTS),
            "order": lambda: f"LK-{rng.randint(51000, 68999)}",
            "invoice": lambda: f"{moment.year}-{rng.randint(3000, 9800):05d}",
            "serial": lambda: f"{rng.choice('HKNS')}{rng.randint(24, 26)}{rng.randint(10000, 99999)}",
            "card": lambda: f"{rng.randint(1000, 9999)}",
            "amount": self._amount,
            "other": lambda: "",
        }

    def __missing__(self, name: str) -> str:
        value = self[name] = self._make[name]()
        return value

    def fill(self, text: str, *, past: bool = False, moment: datetime | None = None) -> str:
        """`text` with its slots filled. past: dates lie before the moment of writing, not after it."""
        if moment is not None:
            self._moment = moment
        days = -self._rng.randint(1, 9) if past else self._rng.randint(2, 12)
        self["date"] = local_day(self._moment + timedelta(days=days), self._language, self._zone)
        return text.format_map(self)

    def _clock(self, earliest: int, latest: int) -> str:
        hours = self._rng.randint(earliest, latest)
        minutes = self._rng.choice((0, 15, 30, 45))
        moment = (self._moment + timedelta(hours=hours)).replace(minute=minutes)
        return local_time(moment, self._language, self._zone)

    def _amount(self) -> str:
        value = round(self._rng.lognormvariate(6.6, 0.9), 2)
        return format_currency(value, "EUR", locale=locale_of(self._language))

"""Addresses of views: each pattern is asked of Django once."""

from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

_HOLES = (987_654_321_001, 987_654_321_002, 987_654_321_003)  # stand for numbers while a pattern is made


def addresses() -> Callable[..., str]:
    """Return the function `url` of templates, for as long as the desk's views stand where they stand now."""
    patterns: dict[tuple[str, int], tuple[str, ...]] = {}

    @lru_cache(maxsize=2000)
    def worded(name: str, args: tuple[object, ...]) -> str:
        return str(reverse(name, args=args))

    def url(name: str, *args: object, **kwargs: object) -> str:
        """Return the address of a named view."""
        if kwargs:
            return str(reverse(name, args=args, kwargs=kwargs))
        for each in args:
            if type(each) is not int or each < 0:
                plain = all(type(each) in (int, str) for each in args)
                return worded(name, args) if plain else str(reverse(name, args=args))
        parts = patterns.get((name, len(args)))
        if parts is None:
            parts = patterns[name, len(args)] = _pattern(name, len(args))
        if not parts:
            return str(reverse(name, args=args))
        found = parts[0]
        for value, part in zip(args, parts[1:], strict=True):
            found += f"{value}{part}"
        return found

    return url


def url_for(name: str, *args: object) -> str:
    """Return the address of a named view, in Python as `url` does in templates. Raises `NoReverseMatch`."""
    return urls()(name, *args)


def urls() -> Callable[..., str]:
    """Return `url_for` for many addresses of one answer."""
    return _standing(get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF)


@lru_cache(maxsize=40)
def _standing(_prefix: str, _urlconf: str) -> Callable[..., str]:
    return addresses()


def _pattern(name: str, numbers: int) -> tuple[str, ...]:
    """Return what stands around the numbers of an address; nothing if they do not stand in it as they are."""
    if numbers > len(_HOLES):
        return ()
    rest = str(reverse(name, args=_HOLES[:numbers]))
    parts = []
    for hole in _HOLES[:numbers]:
        before, found, rest = rest.partition(str(hole))
        if not found:
            return ()
        parts.append(before)
    return (*parts, rest)

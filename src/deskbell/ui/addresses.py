"""Addresses of views in templates: each pattern is asked of Django once."""

from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse

_HOLES = (987_654_321_001, 987_654_321_002, 987_654_321_003)  # stand for numbers while a pattern is made


def url(name: str, *args: object, **kwargs: object) -> str:
    """Return the address of a named view."""
    if kwargs:
        return str(reverse(name, args=args, kwargs=kwargs))
    if all(type(each) is int and each >= 0 for each in args) and len(args) <= len(_HOLES):
        parts = _pattern(name, len(args), get_script_prefix(), get_urlconf())
        if len(parts) == len(args) + 1:
            return parts[0] + "".join(f"{value}{part}" for value, part in zip(args, parts[1:], strict=True))
    return str(reverse(name, args=args) if args else reverse(name))


@lru_cache(maxsize=2000)
def _pattern(name: str, numbers: int, _prefix: str, _urlconf: str | None) -> tuple[str, ...]:
    rest = str(reverse(name, args=_HOLES[:numbers]) if numbers else reverse(name))
    parts = []
    for hole in _HOLES[:numbers]:
        before, found, rest = rest.partition(str(hole))
        if not found:
            return ()
        parts.append(before)
    return (*parts, rest)

"""docs/configuration.md, from the settings themselves."""

import types
import typing
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from deskbell.config.installation.model import DeskbellSettings

_INTRODUCTION = """\
# Configuration

Deskbell runs without any setting. What you do set comes from, the first that names it winning:

1. environment variables, named as below;
2. one TOML file: the one named by `DESKBELL_CONFIG`, or `deskbell.toml` in the current folder or beside the
   launcher, or `/etc/deskbell/deskbell.toml`. In the file the names are small and without `DESKBELL_`:

   ```toml
   base_url = "https://desk.example.org"
   languages = ["en", "uk"]
   ```

A wrong value is refused at the start with its name and the fix; so is a name in the file that does not exist.

This page is written by `deskbell manage describe_settings`; a test keeps it current.

"""


def describe() -> str:
    """The page, in Markdown."""
    parts = [_INTRODUCTION]
    for name, field in DeskbellSettings.model_fields.items():
        parts.append(_entry(name, field))
    return "\n".join(parts)


def _entry(name: str, field: FieldInfo) -> str:
    lines = [f"## `{DeskbellSettings.environment_name(name)}`", "", f"{field.description}", ""]
    lines.append(f"In the file: `{name}`. Value: {_kind(field.annotation)}.{_range(field)}{_default(field)}")
    return "\n".join([*lines, ""])


def _kind(annotation: Any) -> str:
    origin = get_origin(annotation)
    if origin is Literal:
        return ", ".join(f"`{choice}`" if choice else "empty" for choice in get_args(annotation))
    if origin in {types.UnionType, typing.Union}:
        return _kind(next(part for part in get_args(annotation) if part is not type(None)))
    if origin is tuple:
        return "several, separated by commas"
    names = {bool: "`true` or `false`", int: "a number", Path: "a path", str: "text", SecretStr: "text, secret"}
    return names[annotation]


def _range(field: FieldInfo) -> str:
    limits = {key: getattr(part, key) for part in field.metadata for key in ("ge", "le") if hasattr(part, key)}
    return f" From {limits['ge']} to {limits['le']}." if len(limits) == 2 else ""  # noqa: PLR2004


def _default(field: FieldInfo) -> str:
    value = field.default
    if field.default_factory is not None or value is None or value is PydanticUndefined:
        return ""
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if isinstance(value, tuple):
        value = ",".join(value)
    if isinstance(value, bool):
        value = str(value).lower()
    return f" Default: `{value}`." if value != "" else " Default: empty."

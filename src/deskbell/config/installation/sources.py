"""Where settings come from, and what is said when one is wrong."""

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource
from typing_extensions import override

from deskbell.config.trouble import Trouble

_NO_SETTINGS = {"DESKBELL_CONFIG", "DESKBELL_HOME", "DESKBELL_PYTHON", "DESKBELL_TEST_SUFFIX"}


class SettingsError(Trouble):
    """A setting is wrong. The text names it, says what is wrong with it and how to put it right."""

    headline = "These settings are wrong:"
    exit_code = 2


def config_file() -> Path | None:
    """The file that holds settings, if there is one.

    Raises SettingsError when DESKBELL_CONFIG names a file that is not there.
    """
    named = os.environ.get("DESKBELL_CONFIG", "")
    if named:
        if not Path(named).is_file():
            raise SettingsError(f"DESKBELL_CONFIG: there is no file {named}.\n  Fix: correct the path, or unset it.")
        return Path(named)
    home = Path(os.environ.get("DESKBELL_HOME") or ".")
    places = (Path("deskbell.toml"), home / "deskbell.toml", Path("/etc/deskbell/deskbell.toml"))
    return next((place for place in places if place.is_file()), None)


def read_config_file(path: Path) -> dict[str, Any]:
    """Settings in a TOML file. Raises SettingsError when it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read ({error}).\n  Fix: make it a readable UTF-8 file.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f'{path}: not valid TOML: {error}.\n  Fix: write one setting a line, like  base_url = "https://…"'
        ) from error


def refuse_misspelt(model: type[BaseSettings], environment: Mapping[str, str]) -> None:
    """Raise SettingsError for a variable that looks like a setting and is none: it would be ignored in silence.

    Others that begin with DESKBELL_ may belong to whatever runs us.
    """
    prefix = model.model_config["env_prefix"]
    names: Any = getattr(model, "environment_name")  # noqa: B009  (a method of the concrete model)
    known = [str(names(field)) for field in model.model_fields]
    # What all names have in common would make every short one look like another.
    bare = {name.removeprefix(prefix): name for name in known}
    for name in sorted(environment):
        if not name.startswith(prefix) or name in known or name in _NO_SETTINGS:
            continue
        near = difflib.get_close_matches(name.removeprefix(prefix), bare, n=1, cutoff=0.8)
        if near:
            raise SettingsError(f"{name}: there is no such setting.\n  Fix: did you mean {bare[near[0]]}?")


class ConfigFileSource(PydanticBaseSettingsSource):
    """One TOML file with the names of the settings, without prefix."""

    def __init__(self, settings_cls: type[BaseSettings]) -> None:
        super().__init__(settings_cls)
        path = config_file()
        self._values = read_config_file(path) if path else {}
        self._refuse_unknown(path)

    def _refuse_unknown(self, path: Path | None) -> None:
        known = list(self.settings_cls.model_fields)
        for key in self._values:
            if key in known:
                continue
            near = difflib.get_close_matches(key.lower().removeprefix("deskbell_"), known, n=1, cutoff=0.5)
            fix = f"did you mean {near[0]}?" if near else "remove it; docs/configuration.md lists every setting."
            raise SettingsError(f"{key}: there is no such setting (in {path}).\n  Fix: {fix}")

    @override
    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return self._values.get(field_name), field_name, False

    @override
    def __call__(self) -> dict[str, Any]:
        # A field with an alias is read by its alias alone, so the file's value goes in under that name.
        return dict(self._values)


def explain(error: ValidationError, model: type[BaseSettings], environment: Mapping[str, str]) -> str:
    """What is wrong with which setting, and the fix; one paragraph for each."""
    paragraphs = []
    names: Any = getattr(model, "environment_name")  # noqa: B009  (a method of the concrete model)
    for problem in error.errors(include_url=False):
        message = problem["msg"].removeprefix("Value error, ")
        field = str(problem["loc"][0]).lower() if problem["loc"] else message.split(":", 1)[0]
        variable = names(field) if field in model.model_fields else field
        given = f" = {environment[variable]!r}" if variable in environment and not _secret(model, field) else ""
        info = model.model_fields.get(field)
        about = f"\n  About: {info.description}" if info and info.description else ""
        paragraphs.append(f"{variable}{given}: {message[:1].lower()}{message[1:]}.{about}")
    return "\n".join(paragraphs)


def _secret(model: type[BaseSettings], field: str) -> bool:
    info = model.model_fields.get(field)
    return info is not None and "SecretStr" in repr(info.annotation)

"""The desk's settings, as administrators change them in their page."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Path
from pydantic import Field, TypeAdapter
from pydantic_core import to_jsonable_python

from deskbell.kernel.api import CHANGE_OPTIONS, NotFound, Option, Viewer, change, options, values
from deskbell.kernel.rest import api as rest

READ = "settings:read"
WRITE = "settings:write"
settings = rest.publish(rest.Endpoints("Settings", "What administrators set for the whole desk."))

Name = Annotated[rest.Word, Path(..., examples=["tickets.reopen_days"])]
Value = (
    bool
    | Annotated[int, Field(ge=-(2**53), le=2**53)]
    | Annotated[float, Field(allow_inf_nan=False)]
    | Annotated[str, rest.text(20_000)]
    | Annotated[list[Annotated[str, rest.text(2_000)]], Field(max_length=1_000)]
)


class SettingAnswer(rest.Answer):
    """One setting. label, help: in the language of the person."""

    name: str
    label: str
    help: str
    value: Annotated[Value, Field(description="In force.")]
    default: Value
    is_default: bool
    takes: Annotated[dict[str, Any], Field(description="What values it takes, as JSON Schema.")]


class SettingList(rest.Answer):
    items: list[SettingAnswer]


class SettingChange(rest.Body):
    value: Annotated[Value, Field(description="As `takes` of the setting says.", examples=[14])]


@settings.get("/settings", scope=READ, answer=SettingList, summary="List settings")
def settings_list(request: rest.ApiRequest) -> SettingList:
    """All of them, by name. Needs the permission to change them."""
    _require(request.viewer)
    return SettingList(items=[_answer(each) for each in sorted(options, key=lambda each: each.name)])


@settings.get("/settings/{name}", scope=READ, answer=SettingAnswer, summary="Get a setting")
def settings_get(request: rest.ApiRequest, name: Name) -> SettingAnswer:
    _require(request.viewer)
    return _answer(_option(name))


@settings.put("/settings/{name}", scope=WRITE, answer=SettingAnswer, summary="Change a setting")
def settings_update(request: rest.ApiRequest, name: Name, setting: SettingChange) -> SettingAnswer:
    """It counts at once, in all processes."""
    _require(request.viewer)
    option = _option(name)
    change(request.viewer, option.name, setting.value)
    return _answer(option)


@settings.delete("/settings/{name}", scope=WRITE, answer=SettingAnswer, status=200, summary="Go back to the default")
def settings_reset(request: rest.ApiRequest, name: Name) -> SettingAnswer:
    _require(request.viewer)
    option = _option(name)
    change(request.viewer, option.name, option.default)
    return _answer(option)


def _require(viewer: Viewer) -> None:
    viewer.require(CHANGE_OPTIONS)


def _option(name: str) -> Option[Any]:
    if name not in options:
        raise NotFound
    return options.get(name)


def _answer(option: Option[Any]) -> SettingAnswer:
    value, default = to_jsonable_python(values()[option.name]), to_jsonable_python(option.default)
    return SettingAnswer(
        name=option.name,
        label=str(option.label),
        help=str(option.help),
        value=value,
        default=default,
        is_default=value == default,
        takes=TypeAdapter(option.type).json_schema(),
    )

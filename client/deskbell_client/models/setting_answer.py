from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.setting_answer_takes import SettingAnswerTakes


T = TypeVar("T", bound="SettingAnswer")


@_attrs_define
class SettingAnswer:
    """One setting. label, help: in the language of the person."""

    name: str
    label: str
    help_: str
    value: bool | float | int | list[str] | str
    """ In force. """
    default: bool | float | int | list[str] | str
    is_default: bool
    takes: SettingAnswerTakes
    """ What values it takes, as JSON Schema. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "name": self.name,
                "label": self.label,
                "help": self.help_,
                "value": self.value,
                "default": self.default,
                "is_default": self.is_default,
                "takes": self.takes.to_dict(),
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.setting_answer_takes import SettingAnswerTakes  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_value(data: object) -> bool | float | int | list[str] | str:
            try:
                if not isinstance(data, list):
                    raise TypeError()
                value_type_4 = cast(list[str], data)

                return value_type_4
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(bool | float | int | list[str] | str, data)

        value = _parse_value(d.pop("value"))

        def _parse_default(data: object) -> bool | float | int | list[str] | str:
            try:
                if not isinstance(data, list):
                    raise TypeError()
                default_type_4 = cast(list[str], data)

                return default_type_4
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(bool | float | int | list[str] | str, data)

        default = _parse_default(d.pop("default"))

        setting_answer = cls(
            name=d.pop("name"),
            label=d.pop("label"),
            help_=d.pop("help"),
            value=value,
            default=default,
            is_default=d.pop("is_default"),
            takes=SettingAnswerTakes.from_dict(d.pop("takes")),
        )

        setting_answer.additional_properties = d
        return setting_answer

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties

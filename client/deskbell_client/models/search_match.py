from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.search_match_place import SearchMatchPlace, check_search_match_place

if TYPE_CHECKING:
    from ..models.text_part import TextPart


T = TypeVar("T", bound="SearchMatch")


@_attrs_define
class SearchMatch:
    """Why a ticket was found."""

    title: list[TextPart]
    """ The subject. """
    excerpt: list[TextPart]
    """ Some words around what was asked; empty when no text was the reason. """
    place: SearchMatchPlace
    """ Where the excerpt stands. """
    message_id: int | None
    source: str
    """ Name of the file, for an attachment. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "title": [each.to_dict() for each in self.title],
                "excerpt": [each.to_dict() for each in self.excerpt],
                "place": self.place,
                "message_id": self.message_id,
                "source": self.source,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.text_part import TextPart  # noqa: PLC0415

        d = dict(src_dict)
        search_match = cls(
            title=[TextPart.from_dict(each) for each in d.pop("title")],
            excerpt=[TextPart.from_dict(each) for each in d.pop("excerpt")],
            place=check_search_match_place(d.pop("place")),
            message_id=cast(int | None, d.pop("message_id")),
            source=d.pop("source"),
        )

        search_match.additional_properties = d
        return search_match

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

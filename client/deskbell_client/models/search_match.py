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
        title = []
        for title_item_data in self.title:
            title_item = title_item_data.to_dict()
            title.append(title_item)

        excerpt = []
        for excerpt_item_data in self.excerpt:
            excerpt_item = excerpt_item_data.to_dict()
            excerpt.append(excerpt_item)

        place: str = self.place

        message_id: int | None
        message_id = self.message_id

        source = self.source

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "title": title,
                "excerpt": excerpt,
                "place": place,
                "message_id": message_id,
                "source": source,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.text_part import TextPart  # noqa: PLC0415

        d = dict(src_dict)
        title = []
        _title = d.pop("title")
        for title_item_data in _title:
            title_item = TextPart.from_dict(title_item_data)

            title.append(title_item)

        excerpt = []
        _excerpt = d.pop("excerpt")
        for excerpt_item_data in _excerpt:
            excerpt_item = TextPart.from_dict(excerpt_item_data)

            excerpt.append(excerpt_item)

        place = check_search_match_place(d.pop("place"))

        def _parse_message_id(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        message_id = _parse_message_id(d.pop("message_id"))

        source = d.pop("source")

        search_match = cls(
            title=title,
            excerpt=excerpt,
            place=place,
            message_id=message_id,
            source=source,
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

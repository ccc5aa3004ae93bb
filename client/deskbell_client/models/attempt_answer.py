from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.attempt_answer_request_headers import AttemptAnswerRequestHeaders
    from ..models.attempt_answer_response_headers import AttemptAnswerResponseHeaders


T = TypeVar("T", bound="AttemptAnswer")


@_attrs_define
class AttemptAnswer:
    """One try."""

    started_at: datetime.datetime
    seconds: float | None
    """ Null while it lasts, or when it was cut off. """
    status: int | None
    """ Of the answer; null without one. """
    error: str
    """ What went wrong, in words; empty when it was taken. """
    address: str
    """ The IP address that was connected to. """
    request_headers: AttemptAnswerRequestHeaders
    request_body: str
    """ Empty for those who may not see the subject. """
    response_headers: AttemptAnswerResponseHeaders
    response: str
    """ The first 4 KB of the answer. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "started_at": self.started_at.isoformat(),
                "seconds": self.seconds,
                "status": self.status,
                "error": self.error,
                "address": self.address,
                "request_headers": self.request_headers.to_dict(),
                "request_body": self.request_body,
                "response_headers": self.response_headers.to_dict(),
                "response": self.response,
            }
        )
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.attempt_answer_request_headers import AttemptAnswerRequestHeaders  # noqa: PLC0415
        from ..models.attempt_answer_response_headers import AttemptAnswerResponseHeaders  # noqa: PLC0415

        d = dict(src_dict)
        attempt_answer = cls(
            started_at=datetime.datetime.fromisoformat(d.pop("started_at")),
            seconds=cast(float | None, d.pop("seconds")),
            status=cast(int | None, d.pop("status")),
            error=d.pop("error"),
            address=d.pop("address"),
            request_headers=AttemptAnswerRequestHeaders.from_dict(d.pop("request_headers")),
            request_body=d.pop("request_body"),
            response_headers=AttemptAnswerResponseHeaders.from_dict(d.pop("response_headers")),
            response=d.pop("response"),
        )

        attempt_answer.additional_properties = d
        return attempt_answer

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

from typing import Literal

NewContactPointKind = Literal["email", "phone"]

NEW_CONTACT_POINT_KIND_VALUES: set[NewContactPointKind] = {
    "email",
    "phone",
}


def check_new_contact_point_kind(value: str) -> NewContactPointKind:
    if value in NEW_CONTACT_POINT_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {NEW_CONTACT_POINT_KIND_VALUES!r}")

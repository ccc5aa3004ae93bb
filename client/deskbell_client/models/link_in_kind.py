from typing import Literal

LinkInKind = Literal["caused_by", "child_of", "duplicate_of", "related_to"]

LINK_IN_KIND_VALUES: set[LinkInKind] = {
    "caused_by",
    "child_of",
    "duplicate_of",
    "related_to",
}


def check_link_in_kind(value: str) -> LinkInKind:
    if value in LINK_IN_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LINK_IN_KIND_VALUES!r}")

from typing import Literal

PeopleListKind = Literal["agents", "all", "contacts"]

PEOPLE_LIST_KIND_VALUES: set[PeopleListKind] = {
    "agents",
    "all",
    "contacts",
}


def check_people_list_kind(value: str) -> PeopleListKind:
    if value in PEOPLE_LIST_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {PEOPLE_LIST_KIND_VALUES!r}")

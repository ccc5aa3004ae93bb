from typing import Literal

SearchMatchPlace = Literal["", "attachment", "message", "note"]

SEARCH_MATCH_PLACE_VALUES: set[SearchMatchPlace] = {
    "",
    "attachment",
    "message",
    "note",
}


def check_search_match_place(value: str) -> SearchMatchPlace:
    if value in SEARCH_MATCH_PLACE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SEARCH_MATCH_PLACE_VALUES!r}")

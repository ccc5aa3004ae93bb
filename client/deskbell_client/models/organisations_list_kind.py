from typing import Literal

OrganisationsListKind = Literal["customer", "own", "partner"]

ORGANISATIONS_LIST_KIND_VALUES: set[OrganisationsListKind] = {
    "customer",
    "own",
    "partner",
}


def check_organisations_list_kind(value: str) -> OrganisationsListKind:
    if value in ORGANISATIONS_LIST_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ORGANISATIONS_LIST_KIND_VALUES!r}")

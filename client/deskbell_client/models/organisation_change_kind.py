from typing import Literal

OrganisationChangeKind = Literal["customer", "own", "partner"]

ORGANISATION_CHANGE_KIND_VALUES: set[OrganisationChangeKind] = {
    "customer",
    "own",
    "partner",
}


def check_organisation_change_kind(value: str) -> OrganisationChangeKind:
    if value in ORGANISATION_CHANGE_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ORGANISATION_CHANGE_KIND_VALUES!r}")

from typing import Literal

NewOrganisationKind = Literal["customer", "own", "partner"]

NEW_ORGANISATION_KIND_VALUES: set[NewOrganisationKind] = {
    "customer",
    "own",
    "partner",
}


def check_new_organisation_kind(value: str) -> NewOrganisationKind:
    if value in NEW_ORGANISATION_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {NEW_ORGANISATION_KIND_VALUES!r}")

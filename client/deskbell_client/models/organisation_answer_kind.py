from typing import Literal

OrganisationAnswerKind = Literal["customer", "own", "partner"]

ORGANISATION_ANSWER_KIND_VALUES: set[OrganisationAnswerKind] = {
    "customer",
    "own",
    "partner",
}


def check_organisation_answer_kind(value: str) -> OrganisationAnswerKind:
    if value in ORGANISATION_ANSWER_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ORGANISATION_ANSWER_KIND_VALUES!r}")

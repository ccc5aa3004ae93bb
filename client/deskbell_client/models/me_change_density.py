from typing import Literal

MeChangeDensity = Literal["comfortable", "compact"]

ME_CHANGE_DENSITY_VALUES: set[MeChangeDensity] = {
    "comfortable",
    "compact",
}


def check_me_change_density(value: str) -> MeChangeDensity:
    if value in ME_CHANGE_DENSITY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ME_CHANGE_DENSITY_VALUES!r}")

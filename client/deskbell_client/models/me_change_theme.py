from typing import Literal

MeChangeTheme = Literal["dark", "light", "system"]

ME_CHANGE_THEME_VALUES: set[MeChangeTheme] = {
    "dark",
    "light",
    "system",
}


def check_me_change_theme(value: str) -> MeChangeTheme:
    if value in ME_CHANGE_THEME_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ME_CHANGE_THEME_VALUES!r}")

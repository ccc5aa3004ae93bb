"""Short names of configuration rows, made from what a person typed."""

from __future__ import annotations

import re

from django.db.models import Model
from django.utils.text import slugify

LONGEST = 20  # characters: fits the shortest code column with room for a number


def free_code(model: type[Model], name: str) -> str:
    """A code no row of the model has: small Latin letters, digits, underscores, beginning with a letter.

    Names in other scripts leave nothing to take letters from; they become "state_2" and so on.
    """
    stem = re.sub(r"[^a-z0-9]+", "_", slugify(name)).strip("_")[: LONGEST - 4].strip("_")
    if not stem or not stem[0].isalpha():
        stem = str(model._meta.model_name)[: LONGEST - 4]  # noqa: SLF001  documented by Django
    # SLF001: Django documents _default_manager as public.
    taken = set(model._default_manager.filter(code__startswith=stem).values_list("code", flat=True))  # noqa: SLF001
    if stem not in taken:
        return stem
    return next(code for number in range(2, len(taken) + 3) if (code := f"{stem}_{number}") not in taken)

"""Words and forms of all languages the interface speaks, loaded before they are needed."""

from django.conf import settings
from django.utils import translation

from deskbell.ui.times import current_locale


def load() -> None:
    """Load the translations of each language, and how it writes dates and numbers (2 MB each).

    For a process that is going to be copied: what each copy loads by itself, none shares with the others.
    """
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("")
            _ = current_locale().datetime_formats

"""Errors a person can act on: the command line shows them without a traceback."""

from typing import ClassVar


class Trouble(Exception):
    """The text says what is wrong and what to do."""

    headline: ClassVar[str] = "This did not work."
    exit_code: ClassVar[int] = 1

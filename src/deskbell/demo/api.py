"""The only door of the demo for other packages: build it, ask whether it is there, and introduce it.

Its texts and names are material for other made-up desks, too.
"""

from deskbell.demo.build import DemoSummary, NotEmpty, build, is_built
from deskbell.demo.introduction import SignIn, introduction, sign_ins
from deskbell.demo.library import people_texts, phrases

__all__ = [
    "DemoSummary",
    "NotEmpty",
    "SignIn",
    "build",
    "introduction",
    "is_built",
    "people_texts",
    "phrases",
    "sign_ins",
]

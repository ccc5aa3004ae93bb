"""The only door of the demo for other packages: build it, ask whether it is there, and introduce it."""

from deskbell.demo.build import DemoSummary, NotEmpty, build, is_built
from deskbell.demo.introduction import SignIn, introduction, sign_ins

__all__ = ["DemoSummary", "NotEmpty", "SignIn", "build", "introduction", "is_built", "sign_ins"]

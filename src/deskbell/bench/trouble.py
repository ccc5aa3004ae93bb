"""What can go wrong and what to do about it, in words."""


class BenchError(RuntimeError):
    """The measurement cannot go on; the text says why and what to do."""

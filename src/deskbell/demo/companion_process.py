"""The second process of a build: `python -m deskbell.demo.companion_process`, started by `companion.Companion`."""

from __future__ import annotations

import sys

import django
from django.db import transaction

PROCESS = 1  # the one that started it is 0


def main(begun_json: str, processes: int) -> None:
    """The second process: plan, then do what is asked until the input closes."""
    django.setup()
    # Models can be imported only now.
    from deskbell.demo.events import Begun
    from deskbell.demo.play import one_piece, produce
    from deskbell.demo.set_stage import stage_from_database

    production = produce(Begun.model_validate_json(begun_json), processes)
    # The first line comes when the organisation is committed; the stage is read after it.
    order = sys.stdin.readline().split()
    if not order:
        return
    with one_piece():
        stage = stage_from_database(production.cast)
        while order and order[0] == "window":
            production.play(stage, PROCESS, int(order[1]))
            _answer(f"played {order[1]}")
            order = sys.stdin.readline().split()
        if order != ["commit"]:
            transaction.set_rollback(True)
    if order == ["commit"]:
        _answer("committed")


def _answer(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

from deskbell.kernel import clock

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_it_is_now_in_utc() -> None:
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert clock.now().tzinfo is UTC


def test_a_moved_clock_stands_still_until_moved_and_is_put_back() -> None:
    with clock.moved_to(NOON) as moved:
        assert clock.now() == clock.now() == NOON
        assert moved.advance(timedelta(hours=2)) == clock.now() == NOON + timedelta(hours=2)
        with clock.moved_to(NOON - timedelta(days=1)):
            assert clock.now() == NOON - timedelta(days=1)
        assert clock.now() == NOON + timedelta(hours=2)
    assert clock.now() > NOON


def test_it_moves_in_its_own_thread_only() -> None:
    seen: list[datetime] = []
    with clock.moved_to(NOON):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] != NOON


def test_another_zone_becomes_utc_and_no_zone_is_refused() -> None:
    with clock.moved_to(NOON.astimezone(timezone(timedelta(hours=8)))) as moved:
        assert clock.now().tzinfo is UTC
        with pytest.raises(ValueError, match="no time zone"):
            moved.move_to(NOON.replace(tzinfo=None))
    with pytest.raises(ValueError, match="no time zone"), clock.moved_to(NOON.replace(tzinfo=None)):
        pass

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from deskbell.kernel.api import clock
from deskbell.ui import times

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon_in_helsinki() -> Iterator[None]:
    with clock.moved_to(NOON), timezone.override(ZoneInfo("Europe/Helsinki")), translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (NOON - timedelta(minutes=5), "13:55"),
        (NOON - timedelta(hours=20), "Yesterday 18:00"),
        (NOON + timedelta(days=1), "Tomorrow 14:00"),
        (NOON - timedelta(days=3), "Wed 14:00"),
        (NOON - timedelta(days=10), "11 Nov"),
        (NOON - timedelta(days=400), "17 Oct 2025"),
    ],
)
def test_a_time_is_said_as_people_say_it(moment: datetime, text: str) -> None:
    assert times.said(moment) == text


def test_today_is_the_viewers_day_not_that_of_utc() -> None:
    with clock.moved_to(datetime(2026, 11, 21, 22, 30, tzinfo=UTC)):
        assert times.said(datetime(2026, 11, 21, 21, 30, tzinfo=UTC)) == "Yesterday 23:30"


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(40, "in 40 min"), (-130, "2 h over"), (0.5, "in under 1 min"), (60 * 47, "in 47 h"), (60 * 24 * 3, "in 3 d")],
)
def test_a_due_time_says_what_is_left_or_over(minutes: float, text: str) -> None:
    assert f">{text}</time>" in times.due(NOON + timedelta(minutes=minutes))


def test_a_time_carries_the_exact_moment() -> None:
    html = times.datetime_filter(NOON)
    assert 'datetime="2026-11-21T12:00:00+00:00"' in html
    assert 'title="Sat 21 Nov 2026 14:00 EET"' in html


def test_a_page_is_drawn_at_one_moment() -> None:
    with clock.moved_to(NOON) as moved:
        with times.drawing():
            before = times.ago(NOON - timedelta(minutes=4))
            moved.advance(timedelta(hours=3))
            assert times.ago(NOON - timedelta(minutes=4)) == before
        assert times.ago(NOON - timedelta(minutes=4)) != before


def test_none_is_drawn_as_nothing() -> None:
    assert times.ago(None) == times.due(None) == times.datetime_filter(None) == ""


def test_an_unknown_style_of_time_is_refused() -> None:
    with pytest.raises(ValueError, match="Unknown style"):
        times.datetime_filter(NOON, "fancy")


def test_dates_follow_the_language() -> None:
    with translation.override("fi"):
        assert times.said(NOON - timedelta(days=10)) == "11.11."
    with translation.override("zh-hant"):
        assert times.said(NOON - timedelta(days=10)) == "11月11日"


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 B"), (812, "812 B"), (14_200, "14 kB"), (3_200_000, "3.2 MB"), (5_000_000_000, "5.0 GB")]
)
def test_a_size_is_said_in_its_fitting_unit(size: int, text: str) -> None:
    assert times.filesize(size) == text


def test_a_count_stops_at_its_limit() -> None:
    assert (times.count(999), times.count(1000), times.count(100, 99)) == ("999", "999+", "99+")


def test_the_browser_gets_every_pattern_with_its_hole() -> None:
    patterns = times.relative_patterns()
    assert patterns["minutes"] == "{n} min"
    assert patterns["over"] == "{n} over"

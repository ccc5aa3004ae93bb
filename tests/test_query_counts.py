"""No page of any surface and no call of the API makes more than twelve queries, however it came to them."""

import json
from pathlib import Path

import pytest

MOST = 12
SURFACES = ("account", "agent", "console", "portal")
SOURCE = Path(__file__).parents[1] / "src" / "deskbell"


@pytest.mark.parametrize("surface", SURFACES)
def test_every_recorded_page_makes_at_most_twelve_queries(surface: str) -> None:
    recorded: dict[str, int] = json.loads((SOURCE / surface / "tests" / "query_counts.json").read_text("utf-8"))
    assert recorded
    assert {page: made for page, made in recorded.items() if made > MOST} == {}


def test_every_recorded_call_of_the_api_makes_at_most_twelve_queries() -> None:
    """With those of the token and of the transaction."""
    counts = [json.loads(file.read_text("utf-8")) for file in SOURCE.glob("*/tests/query_counts.json")]
    recorded = {name: made for each in counts for name, made in each.items() if name.startswith("API: ")}
    assert recorded
    assert {call: made for call, made in recorded.items() if made > MOST} == {}

from collections.abc import Iterator

import pytest

from deskbell.channels.tests.factories import Recorder, recording_server


@pytest.fixture
def server() -> Iterator[Recorder]:
    with recording_server() as recorder:
        yield recorder

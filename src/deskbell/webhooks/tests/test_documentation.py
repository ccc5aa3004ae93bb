"""docs/webhooks.md names every event, and what it tells receivers to do accepts what is sent."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from deskbell.webhooks.sending.signing import new_secret, signed_headers
from deskbell.webhooks.subjects import TEST_KIND, subjects

PAGE = Path(__file__).parents[4] / "docs" / "webhooks.md"
BODY = '{"type":"ticket.created","text":"Привіт"}'.encode()


def snippet(language: str) -> str:
    """The indented lines after "Python:" or "Node:"."""
    lines = PAGE.read_text().partition(f"\n{language}:\n\n")[2].splitlines()
    end = next(number for number, line in enumerate(lines) if line and not line.startswith("    "))
    return "\n".join(line[4:] for line in lines[:end])


def test_every_event_is_documented():
    text = PAGE.read_text()
    names = [TEST_KIND, *(kind.name for subject in subjects for kind in subject.offered())]
    assert [name for name in names if f"`{name}`" not in text] == []


def signed(old: str, new: str) -> dict[str, str]:
    return signed_headers([new, old], "msg_1", datetime.fromtimestamp(time.time(), UTC), BODY)


def test_receivers_in_python_accept_what_is_genuine_only():
    found: dict[str, Any] = {}
    exec(snippet("Python"), found)
    is_genuine, old, new = found["is_genuine"], new_secret(), new_secret()
    headers = signed(old, new)
    assert is_genuine(old, headers, BODY)
    assert is_genuine(new, headers, BODY)
    assert not is_genuine(new_secret(), headers, BODY)
    assert not is_genuine(new, headers, BODY + b" ")
    assert not is_genuine(new, headers | {"webhook-id": "msg_2"}, BODY)
    assert not is_genuine(new, headers | {"webhook-timestamp": str(int(time.time()) - 301)}, BODY)


def test_receivers_in_node_accept_what_is_genuine_only():
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node here")
    secret = new_secret()
    headers = signed(new_secret(), secret)
    calls = [(secret, BODY.decode()), (new_secret(), BODY.decode()), (secret, "other")]
    script = (
        snippet("Node")
        + f"""
const headers = {json.dumps(headers)};
console.log(JSON.stringify({json.dumps(calls)}.map(([secret, body]) => isGenuine(secret, headers, Buffer.from(body)))));
"""
    )
    done = subprocess.run([node, "-e", script], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [True, False, False]


def test_the_specification_s_own_example_has_our_signature():
    """Test vector of the Standard Webhooks libraries."""
    from deskbell.webhooks.sending.signing import sign

    body = b'{"test": 2432232314}'
    signature = sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

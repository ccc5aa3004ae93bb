"""One creation by the API as a script for pgbench: the writing statements alone. Runs inside a desk.

What is caught are the statements the real call sends; numbers of the new rows are replaced by what the sequences
give, so that the script can run any number of times.
"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import psycopg
from django.db import connection, transaction

from deskbell.bench.bare import caught
from deskbell.bench.trouble import BenchError

_READS = ("SELECT", "WITH")
_TOKEN = re.compile(r"'[a-km-z2-9]{20}'")
LIFE = timedelta(days=30)  # of the bench's token
_SEQUENCES = {"ticket": "tickets_ticket", "message": "tickets_message", "event": "kernel_event"}


def script(path: str, body: dict[str, Any], token: str) -> dict[str, Any]:
    """`script`: for pgbench. `statements`: how many write. `caught`: how many the call sends altogether."""
    from django.test import Client

    client = Client()
    headers: dict[str, Any] = {"HTTP_HOST": "127.0.0.1", "HTTP_AUTHORIZATION": f"Bearer {token}"}
    for _warm_up in range(2):
        client.post(path, json.dumps(body), content_type="application/json", **headers)
    before = _last_numbers()
    with caught() as found:
        response = client.post(path, json.dumps(body), content_type="application/json", **headers)
    if response.status_code != 201:
        raise BenchError(f"{path} answers {response.status_code}: {response.content[:300].decode(errors='replace')}")
    after = _last_numbers()
    drawn = {name: range(before[name] + 1, after[name] + 1) for name in _SEQUENCES}
    texts = [_merged(statement.sql, statement.params) for statement in found if not statement.controls]
    writing = [part for text in texts for part in _parts(text) if _writes(part)]
    lines = ["BEGIN;", _draw(drawn), *(_repeatable(part, drawn) + ";" for part in writing), "END;"]
    return {
        "script": "\n".join(lines) + "\n",
        "statements": len(writing),
        "caught": len([statement for statement in found if not statement.controls]),
    }


def _last_numbers() -> dict[str, int]:
    found = {}
    with connection.cursor() as cursor:
        for name, table in _SEQUENCES.items():
            cursor.execute(f"SELECT last_value FROM {table}_id_seq")  # noqa: S608  names of ours
            found[name] = int(cursor.fetchone()[0])
    return found


def _draw(drawn: dict[str, range]) -> str:
    """A statement that draws as many numbers as the call did, for variables of pgbench: ticket1, event1, event2."""
    variables = [
        f"nextval('{_SEQUENCES[name]}_id_seq') AS {name}{place}"
        for name, numbers in drawn.items()
        for place, _number in enumerate(numbers, 1)
    ]
    return f"SELECT {', '.join(variables)} \\gset"


def _merged(sql: str, params: Any) -> str:
    """The text with its values in it."""
    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    return psycopg.ClientCursor(raw).mogrify(sql, params) if params else sql


def _parts(text: str) -> list[str]:
    """The statements of a text, on one line each. Values of ours hold no semicolon at the end of a line."""
    return [" ".join(part.split()) for part in re.split(r";\s*\n", text) if part.strip(" ;\n")]


def _writes(part: str) -> bool:
    upper = part.upper()
    if not upper.startswith(_READS):
        return True
    return "INSERT INTO" in upper or "PROCRASTINATE_DEFER" in upper or "PG_NOTIFY" in upper


def _repeatable(part: str, drawn: dict[str, range]) -> str:
    """Numbers that the sequences gave to this call become those of the script; what must be unique becomes random."""
    for name, numbers in drawn.items():
        for place, number in enumerate(numbers, 1):
            # Two colons are a cast for pgbench: in JSON a blank stands between them.
            part = re.sub(rf'(?<=":){number}\b', f" :{name}{place}", part)
            part = re.sub(rf"\b{number}\b", f":{name}{place}", part)
    return _TOKEN.sub("substr(md5(random()::text), 1, 20)", part)


@transaction.atomic
def token_for(user_id: int) -> str:
    """The secret of a token by which this person creates tickets."""
    from deskbell.kernel.api import clock
    from deskbell.people import api as people

    viewer = people.viewer_for(people.User.objects.get(pk=user_id))
    _token, secret = people.create_token(
        viewer, "Bench", ["tickets:write", "tickets:read"], expires_at=clock.now() + LIFE
    )
    return secret

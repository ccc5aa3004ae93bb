"""A program with a token, as tests call the API: through the whole stack of the desk."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

from deskbell.people.api import ApiToken, User
from deskbell.people.token_secrets import digest, new_secret

ALL = ("tickets:read", "tickets:write", "events:read")


class Program:
    """Calls on behalf of a person; `json` of an answer is its body."""

    def __init__(self, user: User | None, *, scopes: tuple[str, ...] = ALL) -> None:
        self._client = Client()
        self._headers: dict[str, str] = {}
        if user is not None:
            secret = new_secret()
            ApiToken.objects.create(
                user=user, name="Test", secret_sha256=digest(secret), last_four=secret[-4:], scopes=list(scopes)
            )
            self._headers = {"Authorization": f"Bearer {secret}"}

    def call(self, method: str, path: str, body: Any = None, *, headers: dict[str, str] | None = None) -> Any:
        sent: dict[str, Any] = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        response: Any = self._client.generic(
            method, f"/api/v1{path}", headers={**self._headers, **(headers or {})}, **sent
        )
        return _read(response)

    def get(self, path: str, **query: Any) -> Any:
        return self.call("GET", f"{path}?{urlencode(query, doseq=True)}" if query else path)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("POST", path, body, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self.call("PATCH", path, body, headers={name.replace("_", "-"): text for name, text in headers.items()})

    def put(self, path: str, body: Any = None) -> Any:
        return self.call("PUT", path, body)

    def delete(self, path: str) -> Any:
        return self.call("DELETE", path)

    def upload(self, file: Any, **headers: str) -> Any:
        more = {name.replace("_", "-"): text for name, text in headers.items()}
        return _read(self._client.post("/api/v1/attachments", {"file": file}, headers=self._headers | more))


def _read(response: Any) -> HttpResponse:
    is_json = "json" in response.headers.get("Content-Type", "")
    response.json = json.loads(response.content) if is_json else None
    response.problem = (response.json or {}).get("type", "").partition("#")[2] if is_json else ""
    return response

"""The public REST API and the emulator's, as the demo calls them."""

from typing import Any

import aiohttp


class Api:
    """The public REST API as the demo uses it: one session, errors as exceptions."""

    def __init__(self, http: aiohttp.ClientSession, base: str) -> None:
        self._http = http
        self._base = base
        self._headers: dict[str, str] = {}

    async def sign_in(self, email: str, password: str) -> None:
        session = await self.post("/session", {"email": email, "password": password})
        self._headers = {"X-CSRF-Token": session["csrf_token"]}

    async def get(self, path: str) -> Any:
        return await ask(self._http, "GET", self._base + path, headers=self._headers)

    async def post(self, path: str, value: dict[str, Any]) -> Any:
        return await ask(self._http, "POST", self._base + path, value, headers=self._headers)

    async def upload(self, path: str, name: str, content: str) -> Any:
        """A file, as a form has it."""
        form = aiohttp.FormData()
        form.add_field("file", content.encode(), filename=name, content_type="text/csv")
        async with self._http.post(self._base + path, data=form, headers=self._headers) as answer:
            return await _answer_of(answer)

    async def named(self, path: str, draft: dict[str, Any]) -> int:
        """The id of the row with the draft's name; made where there is none."""
        rows = (await self.get(path))["items"]
        found = next((row for row in rows if row["name"] == draft["name"]), None) or await self.post(path, draft)
        return int(found["id"])

    async def put(self, path: str, value: dict[str, Any]) -> Any:
        return await ask(self._http, "PUT", self._base + path, value, headers=self._headers)

    async def patch(self, path: str, value: dict[str, Any]) -> Any:
        return await ask(self._http, "PATCH", self._base + path, value, headers=self._headers)


async def ask(
    http: aiohttp.ClientSession,
    method: str,
    url: str,
    value: dict[str, Any] | None = None,
    *,
    headers: dict[str, str] | None = None,
) -> Any:
    async with http.request(method, url, json=value, headers=headers) as answer:
        return await _answer_of(answer)


async def _answer_of(answer: aiohttp.ClientResponse) -> Any:
    if answer.status >= 400:
        raise RuntimeError(f"{answer.method} {answer.url} answered {answer.status}: {await answer.text()}")
    return await answer.json() if answer.content_length != 0 else None

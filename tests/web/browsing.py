"""A browser without JavaScript: fetches pages of an application in this process, and fills in their forms."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx
from fastapi import FastAPI


@dataclass
class FormOnPage:
    """A form as a browser would send it: names and values, and its buttons."""

    fields: dict[str, str] = field(default_factory=dict)
    boxes: dict[str, list[str]] = field(default_factory=dict)
    """What may be ticked and is not yet."""
    labels: set[str] = field(default_factory=set)


class Reading(HTMLParser):
    """What a page shows and asks."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.words = ""
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.forms: list[FormOnPage] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes += found.items()
        if tag == "form":
            self.forms.append(FormOnPage())
        if tag in {"input", "textarea", "button"} and "name" in found and found.get("type") != "file":
            self._field(found)
        if tag == "label":
            self.forms[-1].labels.add(found["for"])

    def _field(self, found: dict[str, str]) -> None:
        value = found.get("value", "")
        if found.get("type") == "checkbox" and "checked" not in found:
            self.forms[-1].boxes.setdefault(found["name"], []).append(value)
        else:
            self.forms[-1].fields[found["name"]] = value

    def handle_data(self, data: str) -> None:
        self.words += data


@dataclass
class Browser:
    """One application, no scripts; cookies are kept."""

    app: FastAPI
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)

    def request(self, method: str, path: str, **further: object) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
            at_home = {"transport": transport, "base_url": "http://dondoc.example", "cookies": self.cookies}
            async with httpx.AsyncClient(**at_home) as client:  # type: ignore[arg-type]
                answer = await client.request(method, path, **further)  # type: ignore[arg-type]
                self.cookies = client.cookies
                return answer

        return asyncio.run(ask())

    def get(self, path: str) -> httpx.Response:
        return self.request("GET", path)

    def post(self, path: str, fields: dict[str, str]) -> httpx.Response:
        return self.request("POST", path, data=fields)

"""A reporter's browser without script or cookie: it sends what stands in the page's forms."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase
from django.test import Client

from baqylau.kernel.access import Actor
from baqylau.reports.models import Part, Report
from baqylau.reports.queries.contents import open_wrap
from baqylau.reports.rules.contents import Kind
from baqylau.reports.services.once import Opened, add_once
from baqylau.seal.wraps import Role
from tests.reports.making import Held

ADDRESS = "/report/channel/"
ORIGIN = {"HTTP_ORIGIN": "http://testserver"}
WORDS = "application/x-www-form-urlencoded"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 2_000


class _Forms(HTMLParser):
    """The fields of every form of a page, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self._area = ""
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
            self._is_inside = True
        elif self._is_inside and tag == "input" and given.get("type") not in {"file", "checkbox"}:
            self.forms[-1][given["name"]] = given.get("value", "")
        elif self._is_inside and tag == "textarea":
            self._area = given["name"]
            self.forms[-1][self._area] = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            typed = self.forms[-1][self._area]
            # The first line end after the tag is none of the text.
            self.forms[-1][self._area] = typed.removeprefix("\n")
            self._area = ""
        self._is_inside = self._is_inside and tag != "form"


def forms_of(page: str) -> list[dict[str, Any]]:
    """The fields of every form of a page."""
    reader = _Forms()
    reader.feed(page)
    return reader.forms


def words_of(page: str) -> str:
    """What a page says, without its marks."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


@dataclass
class Visitor:
    """Somebody at the channel."""

    client: Client = field(default_factory=Client)
    page: str = ""
    status: int = 0
    answer: HttpResponseBase | None = None

    def get(self, address: str = ADDRESS) -> "Visitor":
        """Look at a page."""
        return self._seen(self.client.get(address))

    def send(self, values: dict[str, Any], **environ: str) -> "Visitor":
        """Send a form: as the browser would, only one with a message may carry files."""
        environ = ORIGIN | environ
        if values.get("do") == "write":
            return self._seen(self.client.post(ADDRESS, values, **environ))  # type: ignore[arg-type]  # mypy does not follow names into a call
        body = urlencode(values, doseq=True)
        return self._seen(self.client.post(ADDRESS, body, WORDS, **environ))  # type: ignore[arg-type]  # mypy does not follow names into a call

    def form(self, do: str) -> dict[str, Any]:
        """The fields of the form whose button does this."""
        (found, *_others) = [form for form in forms_of(self.page) if form.get("do") == do]
        return found

    def press(self, do: str, **values: object) -> "Visitor":
        """Fill in a form and press its button."""
        return self.send(self.form(do) | values)

    def open(self, digits: str) -> "Visitor":
        """Type a receipt."""
        return self.get().press("open", receipt=digits)

    def _seen(self, answer: HttpResponseBase) -> "Visitor":
        self.answer, self.status = answer, answer.status_code
        if not answer.streaming:
            self.page = answer.content.decode()  # type: ignore[attr-defined]  # no page here is written as it is read
        return self

    @property
    def words(self) -> str:
        """What the page says."""
        return words_of(self.page)


def photo(name: str = "сурет.jpg", content: bytes = JPEG) -> SimpleUploadedFile:
    """A file that a reporter chooses."""
    return SimpleUploadedFile(name, content, "image/jpeg")


def officer_opens(held: Held, report: Report) -> Opened:
    """The conversation, by an officer's key."""
    key = open_wrap(report, Part.REPORT, Role.OFFICER, held.key, held.actor.key)
    return Opened(report, Part.REPORT, key)


def officer_says(held: Held, report: Report, text: str, **more: str) -> bool:
    """An officer's message."""
    return add_once(
        to=officer_opens(held, report),
        kind=Kind.OFFICER,
        values={"text": text, "on": "2026-07-01", **more},
        mark=text[:16],
        actor=Actor(held.actor.key),
    )

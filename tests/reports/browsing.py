"""A reporter's browser for tests: it keeps nothing but the page that it shows, as ours does."""

import re
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

SITE = "http://testserver"


class _Inputs(HTMLParser):
    """What the forms of a page would send: name and values, as a browser without script does."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.buttons: list[str] = []
        self._area = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an input as it stands."""
        found = dict(attrs)
        name, value = found.get("name") or "", found.get("value") or ""
        kind = found.get("type") or "text"
        if tag == "button" and name == "go":
            self.buttons.append(value)
        elif tag == "input" and name and kind not in {"file", "submit"}:
            if kind not in {"radio", "checkbox"} or "checked" in found:
                self.sent.setdefault(name, []).append(value or ("on" if kind == "checkbox" else ""))
        elif tag == "textarea":
            self._area = name
            self.sent[name] = [""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in found:
            self.sent[self._select] = [value]

    def handle_endtag(self, tag: str) -> None:
        """A text area is over."""
        if tag == "textarea":
            # A browser drops the line end with which Django begins it.
            self.sent[self._area] = [self.sent[self._area][0].removeprefix("\n")]
            self._area = ""

    def handle_data(self, data: str) -> None:
        """The words in a text area."""
        if self._area:
            self.sent[self._area] = [self.sent[self._area][0] + data]


class Reporter:
    """Somebody with a browser: `page` is what they see, `press` sends the page's form."""

    def __init__(self, language: str = "kk", client: Client | None = None) -> None:
        self.client = client or Client(enforce_csrf_checks=True)
        self.prefix = "" if language == "kk" else f"/{language}"
        self.answer: HttpResponse = HttpResponse()

    @property
    def html(self) -> str:
        """What the browser got."""
        return self.answer.content.decode()

    @property
    def words(self) -> str:
        """What a person reads."""
        main = self.html.split("<main", 1)[-1]
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))

    @property
    def fields(self) -> dict[str, list[str]]:
        """What the page would send as it is."""
        return self._parsed().sent

    @property
    def buttons(self) -> list[str]:
        """The values of the page's buttons."""
        return self._parsed().buttons

    def _parsed(self) -> _Inputs:
        found = _Inputs()
        found.feed(self.html.split("<main", 1)[-1])
        return found

    def open(self, path: str = "/report/new/") -> "Reporter":
        """Go to a page."""
        self.answer = self.client.get(self.prefix + path)  # type: ignore[assignment]  # as a browser
        return self

    def press(self, go: str, path: str = "/report/new/", **typed: object) -> "Reporter":
        """Fill in fields of the page and press a button; `files` are uploads."""
        data: dict[str, Any] = {**self.fields, "go": go}
        for name, value in typed.items():
            data[name] = value if isinstance(value, list) else [value]
        return self.send(data, path)

    def send(self, data: dict[str, Any], path: str = "/report/new/") -> "Reporter":
        """Send these fields as our own page would."""
        self.answer = self.client.post(  # type: ignore[assignment]  # as a browser
            self.prefix + path, data, headers={"Origin": SITE}
        )
        return self

    @property
    def digits(self) -> str:
        """The receipt on the page; fails where there is none."""
        found = re.search(r'class="code">([\d ]+)<', self.html)
        assert found, self.words
        return found[1]

"""A reporter for a real server: sends reports from any address of 127/8, waits when told to."""

import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit

from benchmarks._browsing import fields_of

FORM = "/report/new/"
CHANNEL = "/report/channel/"
STORY = "Қабылдау бөлмесінде ақша сұрады, құжатты бермей отыр. " * 12
RECEIPT = re.compile(r'<p class="code">([\d ]{34})</p>')
PATIENCE = 60.0
"""Seconds for which an honest reporter goes on."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer of the server."""

    status: int
    text: str
    wait: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a submission ended: the digits of the receipt if any, seconds, how often it waited."""

    receipt: str
    seconds: float
    waits: int = 0


@dataclass(slots=True)
class Visitor:
    """Somebody at an address of this machine; keeps one line open."""

    base: str
    address: str = "127.0.0.1"
    _line: HTTPConnection | None = None

    def ask(self, method: str, path: str, body: bytes | None = None) -> Said:
        """One request; a line that the server has closed is opened anew. Raises: OSError."""
        headers = {"Origin": self.base}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        for attempt in (1, 2, 3):
            line = self._line or HTTPConnection(
                urlsplit(self.base).netloc, timeout=PATIENCE, source_address=(self.address, 0)
            )
            try:
                line.request(method, path, body, headers)
                answer = line.getresponse()
                text = answer.read().decode(errors="replace")
                said = Said(answer.status, text, answer.headers.get("Retry-After") or "")
            except (OSError, HTTPException):
                line.close()
                self._line = None
                if attempt == 3:
                    raise
            else:
                self._line = line
                return said
        raise OSError

    def post(self, path: str, fields: Mapping[str, str]) -> Said:
        """Send a form."""
        return self.ask("POST", path, urlencode(fields).encode())

    def close(self) -> None:
        """Hang up."""
        if self._line:
            self._line.close()
            self._line = None


@dataclass(frozen=True, slots=True)
class Pages:
    """What review pages send: the fields of one that the server drew, with an id for each."""

    fields: Mapping[str, str] = field(default_factory=dict)

    def new(self) -> dict[str, str]:
        """The form of another reporter."""
        drawn = {"id": secrets.token_hex(16), "secret": f"{secrets.randbelow(10**20):020}"}
        return {**self.fields, **drawn, "go": "send"}


def review(base: str) -> Pages:
    """Fill in the form and go to its review. Raises: RuntimeError when there is none."""
    visitor = Visitor(base)
    first = fields_of(visitor.ask("GET", FORM).text)
    page = visitor.post(FORM, first | {"story": STORY, "go": "review"})
    fields = fields_of(page.text)
    visitor.close()
    if page.status != 200 or "secret" not in fields:
        raise RuntimeError(f"the form does not come to its review: {page.status}")
    return Pages({**fields, "story": STORY})


def submit(visitor: Visitor, form: Mapping[str, str], patience: float = PATIENCE) -> Outcome:
    """Send a report; wait as long as the page says, and no longer than patience lasts."""
    start, waits, fields = time.perf_counter(), 0, dict(form)
    while True:
        try:
            said = visitor.post(FORM, fields)
        except (OSError, HTTPException):
            said = Said(0, "")
        found = RECEIPT.search(said.text)
        spent = time.perf_counter() - start
        if found:
            return Outcome(found[1].replace(" ", ""), spent, waits)
        wait = float(said.wait or 1)
        if said.status not in (0, 503) or spent + wait > patience:
            return Outcome("", spent, waits)
        waits += 1
        fields |= {k: v for k, v in fields_of(said.text).items() if k == "turn"}
        time.sleep(wait)

"""A small browser for a real server: one connection, cookies, forms; no script, no picture."""

import gzip
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit

FORM = "application/x-www-form-urlencoded"
HIDDEN = re.compile(r"<input\b[^>]*>")
VALUE = re.compile(r'\b(type|name|value|checked)(?:="([^"]*)")?')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; what came packed is unpacked only by whoever reads it."""

    status: int
    data: bytes
    location: str
    is_packed: bool = False

    @property
    def text(self) -> str:
        """The page."""
        return (gzip.decompress(self.data) if self.is_packed else self.data).decode()


@dataclass(slots=True)
class Browser:
    """One visitor of the server at `base`."""

    base: str
    cookies: dict[str, str] = field(default_factory=dict)
    _line: HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form."""
        return self._ask("POST", path, urlencode(fields).encode())

    def upload(self, path: str, fields: Mapping[str, str], name: str, content: bytes) -> Answer:
        """Send a form with a file in the field of that name."""
        mark = secrets.token_hex(16)
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in fields.items()
        ]
        head = f'Content-Disposition: form-data; name="{name}"; filename="scan.png"'
        parts.append(f"--{mark}\r\n{head}\r\nContent-Type: image/png\r\n\r\n".encode())
        body = b"".join([*parts, content, f"\r\n--{mark}--\r\n".encode()])
        return self._ask("POST", path, body, f"multipart/form-data; boundary={mark}")

    def _ask(self, method: str, path: str, body: bytes | None, kind: str = FORM) -> Answer:
        headers = {
            "Accept-Encoding": "gzip",
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
        }
        if body is not None:
            headers |= {
                "Content-Type": kind,
                "Origin": self.base,
                "Referer": self.base + path,
            }
        for attempt in (1, 2):
            if self._line is None:
                self._line = HTTPConnection(urlsplit(self.base).netloc, timeout=60)
            try:
                self._line.request(method, path, body, headers)
                answer = self._line.getresponse()
                data = answer.read()
                break
            except (OSError, HTTPException):
                # The server closes a line that was quiet for a while.
                self.close()
                if attempt == 2:
                    raise
        for text in answer.headers.get_all("Set-Cookie") or ():
            name, _equals, value = text.partition(";")[0].partition("=")
            self.cookies[name] = value
        is_packed = answer.headers.get("Content-Encoding") == "gzip"
        return Answer(answer.status, data, answer.headers.get("Location") or "", is_packed)

    def close(self) -> None:
        """Hang up."""
        if self._line:
            self._line.close()
            self._line = None

    def signed_in(self, account: Mapping[str, str]) -> "Browser":
        """Sign in at the desk. Raises: RuntimeError when the desk does not open."""
        page = self.get("/desk/")
        door = page.location or "/desk/me/login/"
        form = fields_of(self.get(door).text)
        sent = self.post(door, form | dict(account))
        if sent.status != 302 or self.get("/desk/").status != 200:
            raise RuntimeError(f"the desk does not open: {sent.status}")
        return self


def fields_of(page: str) -> dict[str, str]:
    """What the page's inputs would send as they stand."""
    found = {}
    for tag in HIDDEN.findall(page):
        said = {name: unescape(value or "") for name, value in VALUE.findall(tag)}
        is_chosen = said.get("type") not in ("radio", "checkbox") or "checked" in said
        if "name" in said and is_chosen and said.get("type") != "submit":
            found[said["name"]] = said.get("value", "")
    return found

"""Every kind of page that links lead to, in every language: found, not listed."""

import re
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve
from django.utils import translation

from tests.browser.site import LANGUAGES, Site

OF_A_KIND = {"kk": 2, "ru": 1, "en": 1}
"""Pages of one kind that are looked at: two cards stand for all cards."""
LIMIT = 10_000
"""Addresses that a crawl may see: more would be a loop, and fails."""
ABSENT = {"kk": "/zhoq/", "ru": "/ru/net/", "en": "/en/nothing/"}
"""Addresses without a page, so that the page that says so is looked at as well."""
UNLINKED = ("/desk/style/", "/desk/quiet/", "/desk/search/?q=%D0%B6")
"""Pages that no link leads to."""
LEFT_OUT = ("/desk/sign-out/", "/desk/lock/")
"""What would end the session that walks."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was found: its path with query, its language, its HTML, who read it."""

    path: str
    language: str
    html: str
    who: str

    @property
    def is_desk(self) -> bool:
        """Whether it belongs to the desk."""
        return self.path.startswith("/desk/")

    @property
    def name(self) -> str:
        """A file name for it."""
        return f"{self.language}-{re.sub(r'[^a-z0-9]+', '-', self.path.lower()).strip('-')}"


class _Links(HTMLParser):
    """The addresses of a page's links."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what `a` leads to."""
        target = dict(attrs).get("href")
        if tag == "a" and target:
            self.found.append(target)


def links(html: str) -> list[str]:
    """The addresses that a page's links lead to, as written."""
    parser = _Links()
    parser.feed(html)
    return parser.found


def read(site: Site, path: str, who: str) -> tuple[int, str, str]:
    """Status, content type and text of a page; at the desk as that person."""
    headers = {"Cookie": f"desk={site.sessions[who]}"} if path.startswith("/desk/") else {}
    status, heads, body = site.get(path, **headers)
    if status in {301, 302}:
        return read(site, urljoin(path, heads["Location"]), who)
    kind = heads.get_content_type()
    return status, kind, body.decode("utf-8") if kind == "text/html" else ""


def kind_of(path: str, language: str) -> str:
    """The name of the view behind a path, with a mark when it is asked something."""
    parts = urlsplit(path)
    with translation.override(language):
        try:
            name = resolve(parts.path).view_name
        except Resolver404:
            name = "nothing"
    return f"{name}?" if parts.query else name


def _walk(site: Site, start: str, who: str) -> Iterable[Page]:
    language = who[:2]
    seen = {start}
    waiting = deque([start])
    kinds: Counter[str] = Counter()
    while waiting:
        assert len(seen) < LIMIT, f"the links from {start} never end"
        path = waiting.popleft()
        kind = kind_of(path, language)
        if kinds[kind] >= (1 if "?" in kind else OF_A_KIND[language]):
            continue
        status, content, html = read(site, path, who)
        assert status == 200, f"{path} ({who}) answers {status}"
        if content != "text/html":
            continue
        kinds[kind] += 1
        yield Page(path, language, html, who)
        for target in links(html):
            found = urldefrag(urljoin(site.address(path), target)).url
            local = found.removeprefix(site.base)
            is_new = found.startswith(site.base + "/") and local not in seen
            if is_new and _belongs(local, start) and not local.startswith(LEFT_OUT):
                seen.add(local)
                waiting.append(local)


def _belongs(path: str, start: str) -> bool:
    """Whether the path is of the tree and language where the walk began."""
    others = {"/desk/", "/ru/", "/en/"} - {start}
    return path.startswith(start) and not any(path.startswith(other) for other in others)


@cache
def pages(site_base: str, sessions: tuple[tuple[str, str], ...]) -> tuple[Page, ...]:
    """All pages of both trees in each language."""
    site = Site(site_base, dict(sessions))
    starts = [("/", "kk"), ("/ru/", "ru"), ("/en/", "en")]
    public = [page for start, code in starts for page in _walk(site, start, code)]
    absent = [_one(site, path, code) for code, path in ABSENT.items()]
    desk = [page for code in LANGUAGES for page in _walk(site, "/desk/", code)]
    kinds = {(kind_of(page.path, page.language), page.language) for page in desk}
    accounts = [
        page
        for code in LANGUAGES
        for page in _walk(site, "/desk/", f"{code} administrator")
        if (kind_of(page.path, code), code) not in kinds
    ]
    known = {(page.path, page.language) for page in desk}
    more = [
        _one(site, path, code)
        for code in LANGUAGES
        for path in UNLINKED
        if (path, code) not in known
    ]
    return (*public, *absent, *desk, *accounts, *more)


def _one(site: Site, path: str, language: str) -> Page:
    return Page(path, language, read(site, path, language)[2], language)

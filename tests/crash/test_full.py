"""The disk of a running site fills up, and is emptied again.

Whoever sends something meanwhile gets one sentence in their language and finds on the page what
they typed; nothing acknowledged is lost, and the same pages are taken once there is room.
"""

import resource
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from pathlib import Path

import pytest
from benchmarks._browsing import Answer, Browser, fields_of
from benchmarks._reporting import FORM, STORY, review
from benchmarks.reception import SCREEN, Desk
from django.db import connection
from django.utils import translation

from baqylau.storage.full import FullError
from tests.crash.conftest import Tell
from tests.crash.filling import ROOM, Ballast, Limit, small_disk
from tests.crash.living import (
    CODE,
    Site,
    attaching,
    living,
    photograph,
    receipt_of,
)
from tests.crash.reckoning import reckon
from tests.crash.test_serving import ENGINES

Way = Callable[[Site], Limit | Ballast]
MOST = 400
"""How often something is sent until the disk refuses it: what has room in a page goes in."""
TYPED = "Құжаттардың тізімін бердім"
FILE_WORDS = ("дискіде орын қалмаған", "дискісі толып қалды")
LARGE = 640
"""Side of a photograph of more than a megabyte: it passes through the spool."""


@dataclass(slots=True)
class People:
    """An adviser, a reporter and a resident, each of whom sends one page after the other."""

    site: Site
    desk: Desk
    public: Browser
    refused: list[str] = field(default_factory=list)

    def consult(self, token: str) -> bool:
        """Save a consultation."""
        sent = self.desk.form | {"key": token, "do": "save"}
        answer = self.desk.browser.post(SCREEN, sent)
        if answer.status == 302:
            self.site.saved.append(token)
            return True
        return self._told("consultation", answer, TYPED, [_sentence()])

    def report(self, form: dict[str, str]) -> bool:
        """Send a report that was reviewed."""
        answer = self.public.post(FORM, form)
        if receipt := receipt_of(answer.text):
            self.site.sent.append(receipt)
            return True
        return self._told("report", answer, STORY[:40], [_sentence()])

    def show(self, content: bytes) -> bool:
        """Add a photograph to a report, and send it."""
        form = fields_of(self.public.get(FORM).text) | {"story": STORY, "go": "review"}
        answer = self.public.upload(FORM, form, "files", content)
        page = fields_of(answer.text)
        if answer.status == 200 and "draft" in page:
            answer = self.public.post(FORM, {**page, "story": STORY, "go": "send"})
            if receipt := receipt_of(answer.text):
                self.site.shown.append(receipt)
                return True
        words = [*FILE_WORDS, _sentence(), "орын жоқ"]
        return self._told("photograph of a report", answer, STORY[:40], words)

    def attach(self, address: str, content: bytes) -> bool:
        """Add a file to a case."""
        form = attaching(self.desk.browser.get(address))
        answer = self.desk.browser.upload(address, form, "file", content)
        if answer.status == 302:
            self.site.attached.append(sha256(content).hexdigest())
            return True
        return self._told("file of a case", answer, f'value="{form["seen"]}"', FILE_WORDS)

    def comment(self, address: str, form: dict[str, str]) -> bool:
        """Say something about a point."""
        answer = self.public.post(address, form)
        if found := CODE.search(answer.text):
            self.site.said.append(found[1])
            return True
        return self._told("comment", answer, form["text"], [_sentence()])

    def _told(self, kind: str, answer: Answer, typed: str, words: Sequence[str]) -> bool:
        """One sentence in Kazakh, and what was typed is on the page. Always False."""
        assert answer.status in (400, 503), f"{kind}: {answer.status}"
        assert 'lang="kk"' in answer.text
        said = [one for one in words if escape(one) in answer.text]
        assert said, f"{kind}: no sentence about the disk"
        assert typed in answer.text, f"{kind}: what was typed is not on the page"
        self.refused.append(kind)
        return False


def _sentence() -> str:
    with translation.override("kk"):
        return FullError().message


def _saying(public: Browser, address: str) -> dict[str, str]:
    drawn = fields_of(public.get(address).text)
    return {**drawn, "stance": "agree", "text": "Саябақ кеш те ашық болсын, жарығы жетпейді."}


def _until_refused(attempt: Callable[[int], bool], most: int) -> int:
    """Try until one is refused: which one; -1 when all were taken."""
    return next((number for number in range(most) if not attempt(number)), -1)


def _no_backup(site: Site, room: int) -> None:
    """A backup says that there is no room, in one sentence, and leaves nothing."""
    home = Path(site.environment["BAQYLAU_HOME"])

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))

    before = sorted(home.rglob("*.age")) + sorted(home.rglob("*.part"))
    done = site.baqylau("backup", str(home), preexec_fn=limit if room else None)
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1), done.stderr
    assert sorted(home.rglob("*.age")) + sorted(home.rglob("*.part")) == before
    assert not list((home / "var").glob(".backup-*"))


@pytest.fixture(params=["limit", "mounted"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Way]:
    """How the disk gets full; the second needs the right to mount, and says when it has none."""
    if request.param == "limit":
        yield Limit
        return
    with small_disk() as folder:
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        yield lambda _site: Ballast(folder)


def test_a_disk_that_fills_up_loses_nothing_and_says_so_on_the_page(way: Way, told: Tell) -> None:
    engine = ENGINES[connection.vendor]
    is_limit = way is Limit
    is_database_full = engine == "SQLite" or not is_limit
    with living(engine) as site:
        desk = Desk(site.signed_in())
        assert desk.open()
        people = People(site, desk, Browser(site.base))
        pages, (first, second, *_rest) = review(site.base), site.places["cases"]
        sayings = [(at, _saying(people.public, at)) for at in site.places["points"]]
        tokens = [f"crash:full:{number:05}" for number in range(MOST if is_database_full else 4)]
        forms = [pages.new() for _one in range(40)]
        assert people.consult("crash:before:01")
        assert people.report(pages.new())
        assert people.attach(first, photograph())
        assert people.comment(*sayings.pop())

        disk = way(site)
        disk.fill()
        consulted = _until_refused(lambda n: people.consult(tokens[n]), len(tokens))
        reported = _until_refused(lambda n: people.report(forms[n]), len(forms))
        said = _until_refused(lambda n: people.comment(*sayings[n]), len(sayings))
        assert (consulted >= 0) is is_database_full
        for size in (120, LARGE):
            assert not people.attach(second, photograph(size))
            assert not people.show(photograph(size))
        for page in ("/", "/services/", "/readyz"):
            assert people.public.get(page).status == 200, f"{page} can still be read"
        assert desk.browser.get("/desk/").status == 200
        _no_backup(site, ROOM if is_limit else 0)

        disk.free()
        assert consulted < 0 or people.consult(tokens[consulted]), "the same page is taken now"
        assert reported < 0 or people.report(forms[reported])
        assert said < 0 or people.comment(*sayings[said])
        assert people.attach(second, photograph(LARGE))
        assert people.show(photograph(LARGE)) or not is_limit, "strangers' files want a GB to spare"
        people.public.close()
        site.stop()
        found = reckon(site)
    told(
        f"{engine}: disk full ({'a limit on files' if is_limit else 'a small file system'}): "
        f"{found.line}; in one sentence: {', '.join(sorted(set(people.refused)))}, backup"
    )
    assert found.lost == []
    assert found.doubled == []

"""The search: an index in memory, built from the catalogue, rebuilt when the catalogue changes."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from baqylau.catalogue.models import (
    CardText,
    CardVersion,
    Kind,
    PublicService,
    Revision,
    ServiceAlias,
    State,
)
from baqylau.catalogue.queries.readings import texts_of, wording_of
from baqylau.catalogue.rules.wording import plain
from baqylau.jobs.worker import warm_soon
from baqylau.kernel import clock
from baqylau.text import Alias, Document, Hit, Index, build_index, sentences

PART: Final = "search"
"""The part of the catalogue whose revision the index follows."""

QUICK: Final = 0.25
"""Seconds of building that somebody who searches may wait for; what takes longer is built aside."""

PATIENCE: Final = 60.0
"""Seconds after which a search no longer waits for a worker that is busy with something else."""

LIMIT: Final = 10
NEAR: Final = 0.6
"""Share of the best score below which a page shows nothing: what only resembles misleads."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The index of one revision and day: services, and law cards apart from them."""

    revision: int
    day: str
    services: Index
    law: Index
    seconds: float = 0.0
    """How long it took to build."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found: its title and its reason in the reader's language."""

    code: str
    slug: str
    title: str
    why: str


class Keeper:
    """Holds the newest snapshot of the process; many threads may ask at once.

    While one thread builds, the others go on with the snapshot that there was. A snapshot that took
    long to build is built anew by the server's own worker: nobody who searches pays for it.
    """

    def __init__(self) -> None:
        self._building = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._asked_at = 0.0

    def current(self) -> Snapshot:
        """The snapshot of the catalogue as it is; one primary-key read when nothing changed."""
        revision, day = _revision(), clock.today().isoformat()
        held = self._snapshot
        if held and (held.revision, held.day) == (revision, day):
            return held
        if held and held.seconds > QUICK and self._is_recent() and warm_soon():
            return held
        return self._renewed(revision, day)

    def _is_recent(self) -> bool:
        """Whether the worker was asked a short while ago; the first time is now."""
        now = time.monotonic()
        self._asked_at = self._asked_at or now
        return now - self._asked_at < PATIENCE

    def refresh(self) -> None:
        """Build a snapshot if the newest is not of the catalogue as it is."""
        revision, day = _revision(), clock.today().isoformat()
        held = self._snapshot
        if held is None or (held.revision, held.day) != (revision, day):
            self._renewed(revision, day)

    def _renewed(self, revision: int, day: str) -> Snapshot:
        held = self._snapshot
        if not self._building.acquire(blocking=held is None):
            # Somebody else builds: an answer of a moment ago beats a wait.
            return held or self.current()
        try:
            held = self._snapshot
            if held is None or (held.revision, held.day) != (revision, day):
                held = self._snapshot = build(revision, day)
                self._asked_at = 0.0
            return held
        finally:
            self._building.release()

    def forget(self) -> None:
        """Drop the snapshot, so that the next question builds anew."""
        self._snapshot = None


keeper = Keeper()
"""The one keeper of the process."""


def _revision() -> int:
    return Revision.objects.filter(pk=PART).values_list("number", flat=True).first() or 0


def build(revision: int, day: str) -> Snapshot:
    """Read the services of the day, their aliases and cards, and index them."""
    began = time.monotonic()
    services = build_index(_service_documents(PublicService.objects.valid(clock.today())))
    law = build_index(_law_documents())
    return Snapshot(revision, day, services, law, time.monotonic() - began)


def _service_documents(services: QuerySet[PublicService]) -> Iterator[Document]:
    aliases: dict[int, list[tuple[str, str]]] = {}
    rows = ServiceAlias.objects.filter(is_active=True).order_by("pk")
    for service_id, language, words in rows.values_list("service_id", "language", "text"):
        aliases.setdefault(service_id, []).append((language, words))
    texts = _published_texts()
    for service in services.order_by("code"):
        own = aliases.get(service.pk, [])
        bodies = {text.language: _body(text, Kind.SERVICE) for text in texts.get(service.pk, [])}
        names = {"kk": service.name_kk, "ru": service.name_ru, "en": service.name_en}
        yield Document(
            service.code,
            {language: name for language, name in names.items() if name},
            tuple(Alias(service.code, language, words) for language, words in own),
            bodies,
        )


def _body(text: CardText, kind: str) -> str:
    return f"{text.title}\n{plain(wording_of(text, kind))}"


def _published_texts() -> dict[int, list[CardText]]:
    """The published texts of service cards by the service's id."""
    found: dict[int, list[CardText]] = {}
    rows = CardText.objects.filter(version__state=State.PUBLISHED, version__card__kind=Kind.SERVICE)
    for text in rows.select_related("version__card").order_by("pk"):
        found.setdefault(text.version.card.service_id or 0, []).append(text)
    return found


def _law_documents() -> Iterator[Document]:
    versions = CardVersion.objects.filter(state=State.PUBLISHED, card__kind=Kind.LAW)
    rows = list(versions.select_related("card").order_by("card__order", "card__code"))
    texts = texts_of(rows)
    for version in rows:
        own = texts[version.pk].values()
        yield Document(
            version.card.slug,
            {text.language: text.title for text in own},
            (),
            {text.language: plain(wording_of(text, Kind.LAW)) for text in own},
        )


def search(query: str, limit: int = LIMIT) -> list[Hit]:
    """The services that fit a query best, best first."""
    return keeper.current().services.search(query, limit)


def found_services(query: str, language: str, limit: int = LIMIT) -> list[Found]:
    """The services that fit, with what a page shows of them; two queries besides the search."""
    hits = _near(search(query, limit))
    rows = PublicService.objects.in_bulk([hit.code for hit in hits], field_name="code")
    titles = dict(
        CardText.objects.filter(
            version__card__service__code__in=list(rows),
            version__state=State.PUBLISHED,
            language=language,
        ).values_list("version__card__code", "title")
    )
    return [
        Found(
            hit.code,
            rows[hit.code].slug,
            titles.get(hit.code)
            or str(getattr(rows[hit.code], f"name_{language}") or rows[hit.code].name_kk),
            sentences(hit.why)[language],
        )
        for hit in hits
        if hit.code in rows
    ]


def _near(hits: list[Hit]) -> list[Hit]:
    """The hits that come close to the best one."""
    return [hit for hit in hits if hit.score >= hits[0].score * NEAR]


def found_law(query: str, language: str, limit: int = 3) -> list[Found]:
    """The law cards that fit; none of the database besides the index's own revision."""
    index = keeper.current().law
    names = {document.code: document.names for document in index.documents}
    return [
        Found(
            hit.code,
            hit.code,
            names[hit.code].get(language) or next(iter(names[hit.code].values())),
            sentences(hit.why)[language],
        )
        for hit in _near(index.search(query, limit))
    ]

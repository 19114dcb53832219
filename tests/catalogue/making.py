"""Services and cards for the tests of the catalogue."""

from dataclasses import replace
from datetime import date

from baqylau.catalogue.models import Card, CardVersion, PublicService
from baqylau.catalogue.rules.wording import LAW, SERVICE, Wording, wording
from baqylau.catalogue.services.publishing import publish
from baqylau.catalogue.services.register import Entry, save_service
from baqylau.catalogue.services.writing import (
    Content,
    begin_law_card,
    begin_service_card,
    save_draft,
)
from baqylau.kernel.access import Actor

EDITOR = Actor("editor-key", frozenset({"editor"}))
DAY = date(2026, 11, 2)

BIRTH = Entry(
    "s05",
    "Баланың тууын тіркеу және туу туралы куәлік беру",
    "Регистрация рождения ребенка и выдача свидетельства",
    "Registration of a birth",
    group="family",
)
KAZAKH = {
    "title": "Бала туғанда",
    "answer": "Туу туралы куәлік тегін беріледі.",
    "documents": ["Жеке куәлік", "Медициналық куәлік"],
    "fee": "Тегін",
    "term": "1 жұмыс күні",
    "where": "ХҚКО",
    "refused": "Себебін жазбаша сұраңыз.",
}
RUSSIAN = {
    "title": "Когда родился ребёнок",
    "answer": "Свидетельство о рождении выдают бесплатно.",
    "documents": ["Удостоверение", "Медицинское свидетельство"],
    "fee": "Бесплатно",
    "term": "1 рабочий день",
    "where": "ЦОН",
    "refused": "Попросите письменный отказ.",
}
LAW_KAZAKH = {
    "title": "Сізден ақша сұрады ма?",
    "answer": "Бермеңіз. Жазып алыңыз.",
    "steps": ["Сылтау айтып шығып кетіңіз", "Жазып алыңыз"],
    "details": ["Бізге айту – арыз емес."],
    "warning": "Таңбаланған ақша бермеңіз.",
}


def service_words(**changes: object) -> Wording:
    """The Kazakh words of a whole service card, with changes by part."""
    return wording({**KAZAKH, **changes}, SERVICE)


def russian_words(**changes: object) -> Wording:
    """The Russian words of the same card."""
    return wording({**RUSSIAN, **changes}, SERVICE)


def law_words(**changes: object) -> Wording:
    """The Kazakh words of a whole law card."""
    return wording({**LAW_KAZAKH, **changes}, LAW)


def content(agreeing: tuple[str, ...] = (), /, **texts: Wording) -> Content:
    """A draft's content; without texts, a service card in Kazakh and Russian."""
    words = texts or {"kk": service_words(), "ru": russian_words()}
    return Content(
        as_of=DAY,
        source="Read in the act.",
        law=[],
        rules=[],
        texts=words,
        agreeing=frozenset(agreeing),
    )


def make_service(**changes: object) -> PublicService:
    """A service of the register."""
    return save_service(actor=EDITOR, entry=replace(BIRTH, **changes), edition=0)  # type: ignore[arg-type]  # mypy does not follow names into a call


def make_card(**texts: Wording) -> Card:
    """A service card with a draft."""
    card = begin_service_card(actor=EDITOR, service=make_service())
    save_draft(actor=EDITOR, card=card, content=content(**texts), edition=0)
    return card


def make_published(**texts: Wording) -> Card:
    """A service card that the public reads."""
    card = make_card(**texts)
    publish(actor=EDITOR, card=card, edition=1)
    return card


def make_law_card(**changes: object) -> Card:
    """A law card that the public reads."""
    card = begin_law_card(actor=EDITOR, title="Сізден ақша сұрады ма?")
    save_draft(actor=EDITOR, card=card, content=content(kk=law_words(**changes)), edition=0)
    publish(actor=EDITOR, card=card, edition=1)
    return card


def next_version(card: Card, **texts: Wording) -> CardVersion:
    """Write the next version and publish it."""
    draft = save_draft(actor=EDITOR, card=card, content=content(**texts), edition=0)
    return publish(actor=EDITOR, card=card, edition=draft.edition)

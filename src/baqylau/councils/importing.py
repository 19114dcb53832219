"""Old registers of recommendations as a table: columns, comparison, writing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from baqylau.councils.access import IMPORT
from baqylau.councils.models import Recommendation
from baqylau.councils.queries.recommendations import facts_of, public
from baqylau.councils.rules.clocks import with_term
from baqylau.councils.rules.numbers import OURS, digest, is_number
from baqylau.councils.rules.order import check
from baqylau.councils.rules.steps import Fact, Picture, turn
from baqylau.councils.services.writing import (
    TEXT,
    Shown,
    public_faults,
    subject_of,
    write_step,
)
from baqylau.councils.taxonomy import ANSWERS, CHECKS, DocumentKind, Origin, State, StepKind
from baqylau.documents.tables import read_date
from baqylau.imports.cells import choice
from baqylau.institutions.models import Institution
from baqylau.institutions.rules import search_words
from baqylau.journal.services import Draft, append_many
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.imports import (
    Change,
    ChangeKind,
    Column,
    Difference,
    Fault,
    Importer,
    Progress,
    Record,
)
from baqylau.lawbook.queries.book import book

EVERY: Final = 50


def read_number(text: str) -> str:
    """A number that may stand in an address. Raises: DomainError."""
    line = text.strip()
    if not is_number(line):
        raise DomainError(
            _("A number has up to 32 letters, digits, points and hyphens, with a digit in it.")
        )
    return line


def _text(text: str) -> str:
    """Public words. Raises: DomainError."""
    clean = text.strip().replace("\r\n", "\n")
    for fault in public_faults({"text": clean}, TEXT):
        raise fault
    return clean


COLUMNS: Final = (
    Column(
        "number",
        _("Number"),
        ("Нөмірі", "Номер", "Number", "№"),
        read_number,
        is_required=True,
        hint=_("As the older register has it, without a slash"),
    ),
    Column(
        "written_on",
        _("Day"),
        ("Күні", "Дата", "Day", "Берілген күні", "Дата рекомендации"),
        read_date,
        is_required=True,
        hint=_("31.12.2026"),
    ),
    Column(
        "body",
        _("Body"),
        ("Орган", "Орган", "Body", "Кімге", "Кому", "Адресат"),
        is_required=True,
        hint=_("Its code, or its name in full"),
    ),
    Column(
        "text_kk",
        _("What is recommended, in Kazakh"),
        ("Ұсыным", "Рекомендация на казахском", "Recommendation in Kazakh", "Ұсыным мәтіні"),
        _text,
        is_required=True,
    ),
    Column(
        "text_ru",
        _("What is recommended, in Russian"),
        ("Ұсыным орысша", "Рекомендация", "Recommendation in Russian", "Текст рекомендации"),
        _text,
    ),
    Column(
        "origin",
        _("Where it came from"),
        ("Қайдан шықты", "Откуда", "Where it came from"),
        choice(tuple(Origin)),
        empty=Origin.CONTROL.value,
    ),
    Column(
        "sent_on",
        _("Sent"),
        ("Жіберілді", "Отправлено", "Sent"),
        read_date,
        is_required=True,
        hint=_("31.12.2026"),
    ),
    Column(
        "received_on",
        _("Arrived"),
        ("Жетті", "Получено", "Arrived"),
        read_date,
        empty=None,
    ),
    Column(
        "answered_on",
        _("Answered"),
        ("Жауап күні", "Дата ответа", "Answered"),
        read_date,
        empty=None,
    ),
    Column(
        "answer",
        _("What the answer comes to"),
        ("Жауап", "Ответ", "Answer"),
        choice(ANSWERS),
    ),
    Column(
        "answer_text",
        _("The body's own words, in Kazakh"),
        ("Жауап мәтіні", "Текст ответа", "Words of the answer"),
        _text,
    ),
    Column(
        "promised_on",
        _("Promised for"),
        ("Уәде күні", "Обещано к", "Promised for"),
        read_date,
        empty=None,
    ),
    Column(
        "executed_on",
        _("Reported as executed"),
        ("Орындалды", "Исполнено", "Executed"),
        read_date,
        empty=None,
    ),
    Column(
        "verified_on",
        _("Checked on the spot"),
        ("Тексерілді", "Проверено", "Checked"),
        read_date,
        empty=None,
    ),
    Column(
        "found",
        _("What was found"),
        ("Тексеру қорытындысы", "Итог проверки", "What was found"),
        choice(CHECKS),
    ),
)
FIXED: Final = ("written_on", "text_kk", "text_ru", "origin")
STEPS: Final = ("sent_on", "received_on", "answered_on", "answer", "promised_on", "executed_on")
"""Columns that a row of the register holds as they are."""


@dataclass(frozen=True, slots=True)
class _Story:
    """The steps of a row, each with its public words."""

    facts: Sequence[Fact]
    words: Mapping[int, str]


def _story(values: Mapping[str, Any]) -> _Story:
    """The steps that a row tells, in their order. Raises: DomainError when a pair is torn."""
    for day, what in (("answered_on", "answer"), ("verified_on", "found")):
        if bool(values.get(day)) != bool(values.get(what)):
            raise DomainError(_("A day and what it came to belong together."), field=what)
    told: tuple[tuple[StepKind, Any, dict[str, Any], Any], ...] = (
        (StepKind.SENT, values.get("sent_on"), {}, ""),
        (StepKind.RECEIVED, values.get("received_on"), {}, ""),
        (
            StepKind.ANSWERED,
            values.get("answered_on"),
            {"finding": values.get("answer"), "until_on": values.get("promised_on")},
            values.get("answer_text", ""),
        ),
        (StepKind.EXECUTED, values.get("executed_on"), {}, ""),
        (StepKind.VERIFIED, values.get("verified_on"), {"finding": values.get("found")}, ""),
    )
    if values.get("promised_on") and not values.get("answered_on"):
        raise DomainError(_("What is promised was answered: say when."), field="answered_on")
    facts: list[Fact] = []
    words: dict[int, str] = {}
    for kind, on, details, text in told:
        if on is not None:
            number = len(facts) + 1
            facts.append(Fact(number, kind, on, **details))
            words[number] = str(text)
    return _Story(facts, words)


def _checked(values: Mapping[str, Any], story: _Story) -> _Story:
    """The steps with the terms that they end. Raises: DomainError, LawError."""
    picture, law = Picture(written_on=values["written_on"]), book()
    facts: list[Fact] = []
    for fact in story.facts:
        check(picture, fact, clock.today(), kind=DocumentKind.FINAL, law=law)
        counted = with_term(picture, fact, DocumentKind.FINAL, law)
        facts.append(counted)
        picture = turn(picture, counted)
    return replace(story, facts=facts)


def _bodies() -> Mapping[str, Institution | None]:
    """Bodies by code and by each of their names; None where several share a name."""
    found: dict[str, Institution | None] = {}
    for body in Institution.objects.order_by("pk"):
        found[body.code] = body
        for name in {body.name_kk, body.name_ru, body.name_en} - {""}:
            key = " ".join(search_words(name))
            found[key] = None if key in found and found[key] != body else body
    return found


def _body(text: str, known: Mapping[str, Institution | None]) -> Institution:
    """The body of a cell. Raises: DomainError."""
    key = text.strip() if text.strip() in known else " ".join(search_words(text))
    if key not in known:
        raise DomainError(_("No body has this name or code."), field="body")
    body = known[key]
    if body is None:
        raise DomainError(_("Several bodies have this name: write the code."), field="body")
    return body


def compare(records: Sequence[Record]) -> Iterator[Change]:
    """What each row would do; what is there already is never changed by a table."""
    bodies, seen = _bodies(), set[str]()
    numbers = [str(record.values["number"]) for record in records]
    there = {
        row.number: row
        for row in Recommendation.objects.filter(number__in=numbers).select_related("institution")
    }
    for record in records:
        try:
            yield _compared(record, bodies, there, seen)
        except DomainError as error:
            yield _problem(record, error.field, error.message)


def _compared(
    record: Record,
    bodies: Mapping[str, Institution | None],
    there: Mapping[str | None, Recommendation],
    seen: set[str],
) -> Change:
    """What one row would do. Raises: DomainError for one that contradicts itself."""
    number = str(record.values["number"])
    if number in seen:
        raise DomainError(_("Another row has this number."), field="number")
    seen.add(number)
    body = _body(str(record.values["body"]), bodies)
    if row := there.get(number):
        return _known(record, row, body)
    if OURS.fullmatch(number):
        raise DomainError(
            _("Numbers of this form are given by the program itself."), field="number"
        )
    _checked(record.values, _story(record.values))
    return Change(record, ChangeKind.NEW, number, number)


def _problem(record: Record, column: str, sentence: Any) -> Change:  # noqa: ANN401 - lazy text
    fields = {"on": "sent_on", "finding": "answer", "until_on": "promised_on"}
    number = str(record.values["number"])
    fault = Fault(fields.get(column, column), sentence)
    return Change(record, ChangeKind.PROBLEM, "", number, faults=(fault,))


def _known(record: Record, row: Recommendation, body: Institution) -> Change:
    """A number that is there: the same again, or a contradiction that a person must look at."""
    now = {name: getattr(row, name) for name in (*FIXED, *STEPS)} | {"body": row.institution.code}
    new = {name: record.values.get(name) for name in now} | {"body": body.code}
    differences = tuple(
        Difference(name, now[name], new[name])
        for name in now
        if name in record.values and (now[name] or None) != (new[name] or None)
    )
    if not differences:
        return Change(record, ChangeKind.UNCHANGED, row.number or "", row.number or "")
    sentence = _("This number is in the register with something else. Write its steps at the desk.")
    return _problem(record, differences[0].column, sentence)


def apply(actor: Actor, changes: Sequence[Change], progress: Progress) -> int:
    """Write the rows, each marked as imported, each step with its entry in the journal."""
    bodies, drafts = _bodies(), list[Draft]()
    for done, change in enumerate(changes, 1):
        values = change.record.values
        story = _checked(values, _story(values))
        body = _body(str(values["body"]), bodies)
        row = Recommendation.objects.create(
            number=values["number"],
            institution=body,
            territory_id=body.district_id,
            origin=values.get("origin") or Origin.CONTROL,
            written_on=values["written_on"],
            text_kk=values["text_kk"],
            text_ru=values.get("text_ru", ""),
            is_imported=True,
        )
        drafts += [_told(row, actor), *_written(row, story, actor)]
        if done % EVERY == 0 or done == len(changes):
            progress(done, len(changes))
    append_many(drafts=drafts)
    return len(changes)


def _told(row: Recommendation, actor: Actor) -> Draft:
    payload = {
        "body": row.institution.code,
        "district": row.territory_id,
        "origin": str(row.origin),
        "text": digest(row.text_kk, row.text_ru),
    }
    return Draft("councils.recommendation_imported", actor, subject_of(row), {**payload})


def _written(row: Recommendation, story: _Story, actor: Actor) -> Iterator[Draft]:
    earlier: list[Fact] = []
    for fact in story.facts:
        yield write_step(row, earlier, fact, Shown(story.words[fact.number]), actor, book())
        earlier = facts_of([row])[row.pk]


def export() -> Iterator[Mapping[str, Any]]:
    """Every recommendation that was sent, in the active language's words."""
    rows = public().select_related("institution", "document").order_by("pk")
    for row in rows.iterator(1_000):
        yield {
            **{name: getattr(row, name) for name in (*FIXED, *STEPS)},
            "number": row.number,
            "body": row.institution.code,
            "origin": _label(Origin, row.origin),
            "answer": _label(State, row.answer),
            "answer_text": "",
            "verified_on": None,
            "found": "",
        }


def _label(among: type[models.TextChoices], code: str) -> str:
    return str(among(code).label) if code else ""


IMPORTER: Final = Importer(
    code="recommendations",
    label=_("Recommendations"),
    action=IMPORT,
    columns=COLUMNS,
    compare=compare,
    apply=apply,
    export=export,
    max_rows=20_000,
    sentence=_(
        "For older registers: every row is marked as taken over. What is there already is not "
        "changed; its steps are written down at the desk."
    ),
    back="promises_desk",
)

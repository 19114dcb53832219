"""The composition of councils as a table: columns, comparison, writing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from baqylau.councils.access import IMPORT
from baqylau.councils.importing_cells import Councils
from baqylau.councils.models import Category, Council, Member
from baqylau.councils.queries.said import said
from baqylau.councils.rules.terms import Term, faults, sits
from baqylau.councils.services.members import CATEGORY, WRONG, save_member
from baqylau.documents.tables import normal_heading, read_date
from baqylau.imports.cells import LANGUAGES, line
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
from baqylau.text.skeleton import skeleton

EVERY: Final = 50
YES: Final = frozenset({"иә", "ия", "да", "yes", "1", "+", "true"})
NO: Final = frozenset({"жоқ", "нет", "no", "0", "-", "false"})
SAID: Final = {True: _("yes"), False: _("no")}
LIMITS: Final = {"name": 160, "organisation_kk": 240, "organisation_ru": 240}


def read_yes(text: str) -> bool:
    """Yes or no. Raises: DomainError for anything else."""
    word = text.strip().casefold()
    if word not in YES | NO:
        raise DomainError(_("Write yes or no."))
    return word in YES


COLUMNS: Final = (
    Column(
        "code",
        _("Code of the term"),
        ("Коды", "Код", "Code"),
        hint=_("Empty for a term that is not here yet"),
    ),
    Column(
        "council",
        _("Council"),
        ("Кеңес", "Совет", "Council"),
        is_required=True,
        hint=_("Its code, or its name in full"),
    ),
    Column(
        "name",
        _("Name"),
        ("Аты-жөні", "ФИО", "Name"),
        line(LIMITS["name"]),
        is_required=True,
    ),
    Column(
        "category",
        _("Category"),
        ("Санаты", "Категория", "Category"),
        is_required=True,
        hint=_("Its code, or its name in full"),
    ),
    Column(
        "organisation_kk",
        _("Sent by, in Kazakh"),
        ("Ұйымы", "Организация на казахском", "Sent by, in Kazakh"),
        line(LIMITS["organisation_kk"]),
    ),
    Column(
        "organisation_ru",
        _("Sent by, in Russian"),
        ("Ұйымы орысша", "Организация", "Sent by, in Russian"),
        line(LIMITS["organisation_ru"]),
    ),
    Column(
        "is_chair",
        _("Chair of the council"),
        ("Төраға", "Председатель", "Chair"),
        read_yes,
        empty=False,
        hint=_("yes or no"),
    ),
    Column(
        "is_civil_servant",
        _("Civil servant"),
        ("Мемлекеттік қызметші", "Госслужащий", "Civil servant"),
        read_yes,
        empty=False,
        hint=_("yes or no"),
    ),
    Column(
        "first_on",
        _("From"),
        ("Басталуы", "С какого дня", "From"),
        read_date,
        is_required=True,
        hint=_("31.12.2026"),
    ),
    Column(
        "until_on",
        _("Until"),
        ("Аяқталуы", "По какой день", "Until"),
        read_date,
        empty=None,
        hint=_("The first day without a seat"),
    ),
)
PLAIN: Final = tuple(
    column.code for column in COLUMNS if column.code not in {"code", "council", "category"}
)
"""Columns that a term holds as they are."""


@dataclass(slots=True)
class _Known:
    """What rows are compared with; `terms` grow with the rows that were looked at."""

    councils: Councils = field(default_factory=Councils)
    categories: dict[str, Category] = field(default_factory=dict)
    by_code: dict[str, Member] = field(default_factory=dict)
    by_what: dict[tuple[int, str, date], Member] = field(default_factory=dict)
    terms: dict[int, dict[object, Term]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for category in Category.objects.order_by("-pk"):
            texts = [category.code, *(getattr(category, f"label_{each}") for each in LANGUAGES)]
            self.categories |= {normal_heading(text): category for text in texts if text}
        for member in Member.objects.select_related("category").order_by("pk"):
            self.by_code[member.code] = member
            self.by_what[_what(member.council_id, member.name, member.first_on)] = member
            self.terms.setdefault(member.council_id, {})[member.pk] = _term(vars(member))

    def category(self, text: str) -> Category:
        """The category of a cell. Raises: DomainError."""
        found = self.categories.get(normal_heading(text))
        if found is None:
            raise DomainError(_("No category has this name or code."), field="category")
        return found

    def member(self, values: Mapping[str, Any], council: Council) -> Member | None:
        """The term that a row speaks of, None for a new one. Raises: DomainError."""
        code = str(values.get("code", "")).strip().lower()
        if not code:
            return self.by_what.get(_what(council.pk, values["name"], values["first_on"]))
        found = self.by_code.get(code)
        if found is None or found.council_id != council.pk:
            raise DomainError(_("No term in this council has this code."), field="code")
        return found


def _what(council: int, name: str, first_on: date) -> tuple[int, str, date]:
    return council, skeleton(name), first_on


def _term(fields: Mapping[str, Any]) -> Term:
    names = ("first_on", "until_on", "is_chair", "is_civil_servant", "person")
    return Term(**{name: fields[name] for name in names})


_NEW: Final = {
    "person": "",
    "organisation_kk": "",
    "organisation_ru": "",
    "is_chair": False,
    "is_civil_servant": False,
    "until_on": None,
}


def _fields(values: Mapping[str, Any], known: _Known, row: Member | None) -> dict[str, Any]:
    """The fields of the term after the row; what has no column stays as it is."""
    before = {name: getattr(row, name) for name in (*_NEW, "name", "first_on")} if row else _NEW
    given = {name: values[name] for name in PLAIN if name in values}
    return {**before, **given, "category": known.category(str(values["category"]))}


def compare(records: Sequence[Record]) -> Iterator[Change]:
    """What each row would do, the rows before it counted in."""
    known = _Known()
    for record in records:
        try:
            yield _compared(record, known)
        except DomainError as error:
            label = str(record.values["name"])
            fault = Fault(error.field, error.message)
            yield Change(record, ChangeKind.PROBLEM, "", label, faults=(fault,))


def _compared(record: Record, known: _Known) -> Change:
    council = known.councils.find(str(record.values["council"]))
    row = known.member(record.values, council)
    fields = _fields(record.values, known, row)
    term, label = _term(fields), str(fields["name"])
    key = row.code if row else "|".join(map(str, _what(council.pk, label, term.first_on)))
    seats = known.terms.setdefault(council.pk, {})
    others = [each for number, each in seats.items() if row is None or number != row.pk]
    _refuse(fields, term, others, council)
    seats[row.pk if row else (record.sheet, record.row)] = term
    if row is None:
        return Change(record, ChangeKind.NEW, key, label)
    differences = tuple(
        Difference(name, _shown(getattr(row, name)), _shown(value))
        for name, value in fields.items()
        if getattr(row, name) != value
    )
    kind = ChangeKind.CHANGED if differences else ChangeKind.UNCHANGED
    return Change(record, kind, key, label, differences)


def _refuse(fields: Mapping[str, Any], term: Term, others: list[Term], council: Council) -> None:
    """Refuse what `save_member` would refuse. Raises: DomainError."""
    for code in faults(term, others, council.first_on, council.until_on):
        sentence, column = WRONG[code]
        # A table has no accounts: two terms of one account meet in their days.
        raise DomainError(sentence, field="first_on" if column == "person" else column)
    category = fields["category"]
    if not sits(category.first_on, category.until_on, term.first_on):
        raise DomainError(CATEGORY, field="category")


def _shown(value: Any) -> Any:  # noqa: ANN401 - model values
    """A value as people read it."""
    if isinstance(value, bool):
        return str(SAID[value])
    if isinstance(value, Category):
        return said(value, "label").text
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return value or ""


def apply(actor: Actor, changes: Sequence[Change], progress: Progress) -> int:
    """Write the rows, those that end a term first, so that the next one may begin."""
    known = _Known()
    ordered = sorted(changes, key=lambda change: change.kind != ChangeKind.CHANGED)
    for done, change in enumerate(ordered, 1):
        values = change.record.values
        council = known.councils.find(str(values["council"]))
        row = known.member(values, council)
        fields = _fields(values, known, row)
        save_member(
            actor=actor,
            council=council,
            fields=fields,
            member=row,
            revision=row.revision if row else 0,
        )
        if done % EVERY == 0 or done == len(changes):
            progress(done, len(changes))
    return len(changes)


def export() -> Iterator[Mapping[str, Any]]:
    """Every term, those that have ended too, in the active language's words."""
    rows = Member.objects.select_related("council", "category").order_by(
        "council", "first_on", "pk"
    )
    for row in rows.iterator(1_000):
        yield {
            **{name: getattr(row, name) for name in PLAIN},
            "code": row.code,
            "council": row.council.code,
            "category": said(row.category, "label").text,
            "is_chair": str(SAID[row.is_chair]),
            "is_civil_servant": str(SAID[row.is_civil_servant]),
        }


IMPORTER: Final = Importer(
    code="council-members",
    label=_("Composition of councils"),
    action=IMPORT,
    columns=COLUMNS,
    compare=compare,
    apply=apply,
    export=export,
    max_rows=5_000,
    sentence=_(
        "A row is a term in a council. Terms are known again by their code, or by council, name "
        "and first day. Accounts are given at the desk."
    ),
    back="councils_desk",
)

"""The register of bodies as a table: columns, comparison, doubles, writing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from baqylau.documents.tables import read_date
from baqylau.imports.cells import choice, line
from baqylau.institutions import hours, queries, services
from baqylau.institutions.models import Institution, Kind, Ownership
from baqylau.institutions.rules import MOST_PEOPLE, Likeness, are_alike, likeness
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
from baqylau.territories.labels import full_name
from baqylau.text.skeleton import skeleton

NEW = "new"
"""In the column of codes: this is another body than the one that it resembles."""
EVERY = 100


ALIASES = {
    "tson": ("ХҚКО", "ЦОН", "ХҚО"),
    "special_tson": ("МХҚКО", "СпецЦОН"),
    "kindergarten": ("бақша", "ясли-сад", "бөбекжай", "бөбекжай-балабақша", "детсад"),
    "university": ("ЖОО", "вуз", "жоғары оқу орны"),
    "school": ("орта мектеп", "гимназия", "лицей", "средняя школа"),
    "firm": ("ЖШС", "ТОО", "ЖК", "ИП"),
    "ngo": ("ҮЕҰ", "НПО", "қоғамдық бірлестік", "общественное объединение"),
    "private": ("частное", "частный", "жеке"),
    "state": ("государственное", "государственный"),
    "quasi_state": ("квазигосударственное",),
}
"""Other words that registers use for a kind or an ownership."""


read_kind = choice(Kind, ALIASES)
read_ownership = choice(Ownership, ALIASES)


def read_bin(text: str) -> str:
    """A business number of 12 digits. Raises: DomainError."""
    digits = text.replace(" ", "")
    if len(digits) != 12 or not digits.isdigit() or not digits.isascii():
        raise DomainError(_("A business number has 12 digits."))
    return digits


def read_people(text: str) -> int:
    """How many people work or learn there. Raises: DomainError."""
    digits = "".join(text.split())
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 8 else 0
    if not 1 <= number <= MOST_PEOPLE:
        raise DomainError(
            _("A number of people is whole, from 1 to %(most)s."), params={"most": MOST_PEOPLE}
        )
    return number


def read_email(text: str) -> str:
    """An address. Raises: DomainError."""
    try:
        validate_email(text)
    except ValidationError as error:
        raise DomainError(_("This is not an e-mail address.")) from error
    return text


def read_website(text: str) -> str:
    """An address on the web; without a scheme it gets https. Raises: DomainError."""
    address = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise DomainError(_("This is not the address of a website.")) from error
    return address


COLUMNS = (
    Column(
        "code",
        _("Its code"),
        ("Коды", "Код", "Code"),
        hint=_("Given out with the table; “new” says that it is another one"),
    ),
    Column(
        "name_kk",
        _("Name in Kazakh"),
        (
            "Атауы",
            "Наименование на казахском",
            "Name in Kazakh",
            "Атауы (қаз)",
            "Наименование (каз)",
        ),
        line(240),
        is_required=True,
    ),
    Column(
        "name_ru",
        _("Name in Russian"),
        (
            "Атауы орысша",
            "Наименование",
            "Name in Russian",
            "Атауы (орыс)",
            "Наименование (рус)",
            "Название",
        ),
        line(240),
    ),
    Column(
        "name_en",
        _("Name in English"),
        ("Атауы ағылшынша", "Наименование на английском", "Name in English", "Name"),
        line(240),
    ),
    Column("kind", _("Kind"), ("Түрі", "Вид", "Kind", "Тип"), read_kind, is_required=True),
    Column(
        "ownership",
        _("Ownership"),
        ("Меншігі", "Собственность", "Ownership", "Форма собственности"),
        read_ownership,
        empty="",
    ),
    Column(
        "district",
        _("District"),
        ("Ауданы", "Район", "District", "КАТО", "KATO"),
        is_required=True,
        hint=_("Name or KATO code"),
    ),
    Column(
        "address_kk",
        _("Address in Kazakh"),
        ("Мекенжайы", "Адрес на казахском", "Address in Kazakh"),
        line(240),
    ),
    Column(
        "address_ru",
        _("Address in Russian"),
        ("Мекенжайы орысша", "Адрес", "Address in Russian", "Address"),
        line(240),
    ),
    Column("bin", _("Business number"), ("БСН", "БИН", "BIN"), read_bin, hint=_("12 digits")),
    Column("phone", _("Phone"), ("Телефоны", "Телефон", "Phone"), line(80)),
    Column(
        "email",
        _("E-mail"),
        ("Электрондық поштасы", "Электронная почта", "E-mail", "Email"),
        read_email,
    ),
    Column("website", _("Website"), ("Сайты", "Сайт", "Website"), read_website),
    Column(
        "hours",
        _("Opening hours"),
        ("Жұмыс уақыты", "Часы работы", "Opening hours"),
        hours.read,
        empty=[],
        hint=_("Mo-Fr 9:00-18:00, break 13:00-14:00; Sa 9:00-13:00"),
    ),
    Column(
        "people",
        _("People who work or learn there"),
        ("Адам саны", "Число людей", "People", "Қызметкерлер мен оқушылар саны", "Численность"),
        read_people,
        empty=None,
    ),
    Column(
        "first_on",
        _("From"),
        ("Басталған күні", "Действует с", "From"),
        read_date,
        empty=None,
        hint=_("31.12.2026"),
    ),
    Column(
        "until_on",
        _("Until"),
        ("Аяқталған күні", "Действует до", "Until"),
        read_date,
        empty=None,
        hint=_("31.12.2026; the first day when it is no longer there"),
    ),
)


@dataclass(slots=True)
class _Register:
    """What is there already, ready for comparing."""

    by_code: dict[str, Institution] = field(default_factory=dict)
    by_bin: dict[str, Institution] = field(default_factory=dict)
    by_name: dict[tuple[str, str], Institution] = field(default_factory=dict)
    seen: set[Any] = field(default_factory=set)
    near: dict[tuple[str, str], list[tuple[Likeness, Institution]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, body: Institution) -> None:
        """Index one body."""
        self.by_code[body.code] = body
        if body.bin:
            self.by_bin[body.bin] = body
        self.by_name[skeleton(body.name_kk), body.district_id] = body
        place = (body.kind, body.district_id)
        self.near[place].append((likeness(body.name_kk), body))


def _register() -> _Register:
    register = _Register()
    for body in Institution.objects.select_related("district"):
        register.add(body)
    return register


def compare(records: Sequence[Record]) -> Iterator[Change]:
    """What each row would do; a row that resembles a known body without being it is a fault."""
    register = _register()
    places = queries.territories_by_name()
    for record in records:
        values = dict(record.values)
        unit = places.get(str(values["district"]).casefold())
        if unit is None:
            yield _fault(record, "district", _("There is no such district."))
            continue
        values["district_id"] = unit.kato
        yield _wrong(record, register) or _compared(record, values, register)


def _wrong(record: Record, register: _Register) -> Change | None:
    """A row that contradicts itself or an earlier one."""
    first, until = record.values.get("first_on"), record.values.get("until_on")
    if first and until and until <= first:
        return _fault(record, "until_on", _("The end must be after the beginning."))
    number = record.values.get("bin")
    if number and number in register.seen:
        return _fault(record, "bin", _("Another row has this business number."))
    register.seen.add(number)
    return None


def _fault(record: Record, column: str, sentence: Any) -> Change:  # noqa: ANN401 - lazy text
    label = str(record.values["name_kk"])
    return Change(record, ChangeKind.PROBLEM, "", label, faults=(Fault(column, sentence),))


def _compared(record: Record, values: dict[str, Any], register: _Register) -> Change:
    code = str(values.get("code", ""))
    if code and code != NEW and code not in register.by_code:
        return _fault(record, "code", _("There is no institution with this code."))
    name, place = skeleton(values["name_kk"]), values["district_id"]
    body = register.by_code.get(code) or register.by_bin.get(values.get("bin") or "-")
    if body is None and code != NEW:
        body = register.by_name.get((name, place))
    if body is not None:
        return _changed(record, values, body)
    if code != NEW and (alike := _resembling(values, register)):
        sentence = _("It resembles “%(name)s”. Enter its code %(code)s, or “new” for another one.")
        params = {"name": alike.name_kk, "code": alike.code}
        return _fault(record, "name_kk", sentence % params)
    return Change(record, ChangeKind.NEW, f"{name}|{place}", values["name_kk"])


def _resembling(values: Mapping[str, Any], register: _Register) -> Institution | None:
    wanted = likeness(values["name_kk"])
    for known, body in register.near.get((values["kind"], values["district_id"]), ()):
        if are_alike(wanted, known):
            return body
    return None


def _changed(record: Record, values: Mapping[str, Any], body: Institution) -> Change:
    fields = fields_of(values, body)
    differences = tuple(
        Difference(_column(name), shown(name, getattr(body, name)), shown(name, value))
        for name, value in fields.items()
        if getattr(body, name) != value
    )
    kind = ChangeKind.CHANGED if differences else ChangeKind.UNCHANGED
    return Change(record, kind, body.code, values["name_kk"], differences)


def _column(name: str) -> str:
    return "district" if name == "district_id" else name


def fields_of(values: Mapping[str, Any], body: Institution | None) -> dict[str, Any]:
    """Model fields from a row; an ownership that is not given follows from the kind, once."""
    fields = {name: value for name, value in values.items() if name not in {"code", "district"}}
    if not fields.get("ownership"):
        fields.pop("ownership", None)
        if body is None:
            fields["ownership"] = OWNERSHIP.get(Kind(values["kind"]), Ownership.STATE)
    return fields


OWNERSHIP = {
    Kind.FIRM: Ownership.PRIVATE,
    Kind.NGO: Ownership.PRIVATE,
    Kind.QUASI_STATE: Ownership.QUASI_STATE,
}


def shown(name: str, value: Any) -> Any:  # noqa: ANN401 - model values, lazy labels
    """A value as people read it."""
    if name == "kind" and value:
        return Kind(value).label
    if name == "ownership" and value:
        return Ownership(value).label
    if name == "hours":
        return hours.line(value)
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return "" if value is None else value


def apply(actor: Actor, changes: Sequence[Change], progress: Progress) -> int:
    """Write the rows, each with an entry in the journal."""
    register = {body.code: body for body in Institution.objects.all()}
    places = queries.territories_by_name()
    for done, change in enumerate(changes, 1):
        values = dict(change.record.values)
        values["district_id"] = places[str(values["district"]).casefold()].kato
        body = register.get(change.key) if change.kind == ChangeKind.CHANGED else None
        services.write_institution(body or Institution(), actor, fields_of(values, body))
        if done % EVERY == 0 or done == len(changes):
            progress(done, len(changes))
    return len(changes)


def export() -> Iterator[Mapping[str, Any]]:
    """Every body, the ended ones too, in the active language's words."""
    for body in Institution.objects.select_related("district").order_by("sort_kk", "id"):
        row = {column.code: getattr(body, column.code) for column in COLUMNS}
        row |= {name: str(shown(name, row[name])) for name in ("kind", "ownership", "hours")}
        yield row | {"district": full_name(body.district)}


IMPORTER = Importer(
    code="institutions",
    label=_("Institutions"),
    action="institutions.edit",
    columns=COLUMNS,
    compare=compare,
    apply=apply,
    export=export,
    max_rows=20_000,
    sentence=_("Rows are known again by their code, their business number, or name and district."),
    back="institutions",
)

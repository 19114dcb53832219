"""What people type and what addresses carry: numbers, days, codes, places, telephones, searches."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from baqylau.casework import forms as case_forms
from baqylau.casework import views_answers
from baqylau.casework.rules import numbers as case_numbers
from baqylau.catalogue.rules import names, references
from baqylau.config.databases import postgresql
from baqylau.config.environment import SettingError
from baqylau.config.mail import mail_server
from baqylau.contacts.rules import PhoneError, normal_phone
from baqylau.councils import importing as promise_table
from baqylau.councils.forms.promises import read_day
from baqylau.councils.queries import meetings
from baqylau.councils.rules import numbers as promise_numbers
from baqylau.councils.rules import sources
from baqylau.councils.views import drafts
from baqylau.documents.cells import normal_heading, read_date, unprotect
from baqylau.documents.tables import CellError
from baqylau.figures.rules import spans
from baqylau.institutions import hours
from baqylau.kernel import channels, places
from baqylau.kernel.errors import DomainError
from baqylau.law.batch import bounded_lines
from baqylau.law.dates import parse_date
from baqylau.law.errors import LawError
from baqylau.lawbook.rules import fill, places_in, strange_places
from baqylau.operation import rules as copies
from baqylau.outreach.rules import testing
from baqylau.outreach.services import pictures
from baqylau.reception.importing import columns
from baqylau.reception.rules.iin import clean_iin
from baqylau.reception.views import checks
from baqylau.reports.forms.talk import read_talk
from baqylau.staff.passkeys import CredentialField
from baqylau.staff.typed import read_fields
from baqylau.text.normalise import normalise, tidy
from baqylau.text.personal import personal
from baqylau.text.query import questions
from baqylau.web import networks, worklist
from baqylau.web.forms import DayField
from tests.security.doors.door import Door

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, tzinfo=UTC)
PLACE = "2026-11-23~17"


def _or_true(take: Callable[[Any], object]) -> Callable[[Any], object]:
    """Of readers that answer with nothing for what they do not know: nothing is an answer too."""
    return lambda given: (take(given), True)


def _talk(text: str) -> object:
    names_of_fields = ("step", "mode", "id", "secret", "draft", "sought", "offices", "end", "go")
    posted = QueryDict(mutable=True)
    posted.update(dict.fromkeys(names_of_fields, text))
    return read_talk(posted)


def _letter(text: str) -> object:
    return places_in(text), strange_places(text, ("name",)), fill(text, {"name": text})


def _lines(content: bytes) -> object:
    return list(bounded_lines(io.BytesIO(content)))


def _field(field: forms.Field, text: str) -> object:
    return field.clean(text), True


def _search(text: str) -> object:
    return questions(text), normalise(text), tidy(text), personal(text), True


def _day_doors() -> tuple[Door, ...]:
    """Days in addresses: what is no day is none, and breaks nothing."""
    readers: dict[str, Callable[[str], object]] = {
        "casework/forms.py:_day": case_forms._day,
        "casework/views_answers.py:_day": views_answers._day,
        "councils/forms/promises.py:read_day": read_day,
        "councils/queries/meetings.py:parse_day": meetings.parse_day,
        "councils/views/drafts.py:_day": drafts._day,
        "reception/views/checks.py:_day": checks._day,
    }
    return tuple(
        Door(f"days in addresses: {name}", _or_true(take), ("2026-11-23",), covers=(name,))
        for name, take in readers.items()
    )


def _place_doors() -> tuple[Door, ...]:
    """Where a list goes on: the beginning for what is no place."""
    readers: dict[str, Callable[[str], object]] = {
        "kernel/places.py:read_place": places.read_place,
        "web/worklist.py:read_place": worklist.read_place,
    }
    good = (PLACE, "2026-11-23~reception.call~7")
    return tuple(
        Door(f"places of lists: {name}", _or_true(take), good, covers=(name,))
        for name, take in readers.items()
    )


TYPED: tuple[
    tuple[str, Callable[[str], object], tuple[str, ...], tuple[type[Exception], ...], str], ...
] = (
    (
        "telephones",
        normal_phone,
        ("8 701 987 65 43", "+7 701 987-65-43"),
        (PhoneError,),
        "contacts/rules.py:normal_phone",
    ),
    ("numbers of persons", partial(clean_iin, today=TODAY), ("061211600000",), (DomainError,), ""),
    (
        "days as the law reads them",
        parse_date,
        ("2026-11-23",),
        (LawError,),
        "law/dates.py:parse_date",
    ),
    (
        "days in cells",
        read_date,
        ("31.12.2026", "2026-12-31"),
        (CellError,),
        "documents/cells.py:read_date",
    ),
    ("headings of tables", normal_heading, ("Атауы",), (), "documents/cells.py:normal_heading"),
    ("protected cells", unprotect, ("'=1+1",), (), ""),
    (
        "hours of work",
        hours.read,
        ("Дс–Жм 9:00–18:00, үзіліс 13:00–14:00",),
        (hours.HoursError,),
        "institutions/hours.py:read",
    ),
    (
        "codes of a test",
        testing.read_code,
        ("ABCD-EFGH",),
        (),
        "outreach/rules/testing.py:read_code",
    ),
    (
        "numbers of promises",
        promise_numbers.read_number,
        ("№ 2026-12.3",),
        (),
        "councils/rules/numbers.py:read_number",
    ),
    (
        "numbers of cases",
        case_numbers.read_number,
        ("Ж-2026-000123",),
        (),
        "casework/rules/numbers.py:read_number",
    ),
    ("numbers of letters", case_numbers.clean_reference, ("ЗТ-2026-17",), (), ""),
    (
        "numbers of consultations in tables",
        columns.read_reference,
        ("К-2026-000123",),
        (DomainError,),
        "reception/importing/columns.py:read_reference",
    ),
    (
        "numbers of promises in tables",
        promise_table.read_number,
        ("Ұ-12",),
        (DomainError,),
        "councils/importing.py:read_number",
    ),
    (
        "references to the law",
        lambda text: references.read_references(text, {"act"}),
        ("act | 5",),
        (references.UnreadableReferenceError,),
        "catalogue/rules/references.py:read_references",
    ),
    (
        "rules on a card",
        references.read_rules,
        ("pc.final_doc_answer",),
        (references.UnreadableReferenceError,),
        "catalogue/rules/references.py:read_rules",
    ),
    ("names in questions", names.holds_a_name, ("Айгүл Сынақова",), (), ""),
    ("codes of periods", spans.choose, ("2026-Q3",), (), ""),
    (
        "sources of recommendations",
        lambda text: sources.clean_source("case", text),
        ("Ж-2026-000123",),
        (DomainError,),
        "",
    ),
    (
        "links to articles",
        pictures.is_address,
        ("https://example.org/a",),
        (),
        "outreach/services/pictures.py:is_address",
    ),
    (
        "the safe channel",
        channels.is_channel,
        ("https://safe.example.org",),
        (),
        "kernel/channels.py:is_address",
    ),
    ("networks of visitors", networks.mark, ("203.0.113.0",), (), "web/networks.py:mark"),
    ("what is read of worklists", worklist.read_only, ("late",), (), "web/worklist.py:read_only"),
    (
        "texts kept by a locked desk",
        read_fields,
        ('[["answer", "мәтін"]]',),
        (),
        "staff/typed.py:read_fields",
    ),
    (
        "answers of passkeys",
        partial(_field, CredentialField()),
        ('{"id": "x"}',),
        (ValidationError,),
        "",
    ),
    ("days in forms", partial(_field, DayField()), ("31.12.2026",), (ValidationError,), ""),
    ("the form of a report", _talk, ("story",), (), "reports/forms/talk.py:read_talk"),
    ("letters with places", _letter, ("Құрметті {{ name }}!",), (), ""),
    ("searches", _search, ("жеңілдік", "jenildik"), (), ""),
    (
        "the address of PostgreSQL",
        postgresql,
        ("postgresql://u:p@h:5432/n",),
        (SettingError,),
        "config/databases.py:postgresql",
    ),
    (
        "the address of a mail server",
        mail_server,
        ("smtp://u:p@h:587",),
        (SettingError,),
        "config/mail.py:mail_server",
    ),
    (
        "days of copies",
        lambda text: copies.is_after(text, NOW),
        ("2026-11-23T00:00:00+00:00",),
        (),
        "operation/rules.py:is_after",
    ),
    (
        "names of copies",
        lambda name: copies.own_archives([name], "x"),
        ("baqylau-x-20261123-101010.age",),
        (),
        "operation/rules.py:_moment",
    ),
)

DOORS = (
    *(
        Door(name, _or_true(take), good, refuses, tuple(covers.split()))
        for name, take, good, refuses, covers in TYPED
    ),
    *_day_doors(),
    *_place_doors(),
    Door("lines for the law: standard input", _or_true(_lines), (b"rule\t2026-11-23\n",)),
)

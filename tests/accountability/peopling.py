"""A programme full of people: each of their names, telephones and words is a marker.

What is planted here stands in contacts, consultations, letters, calls, cases, sealed reports, staff
accounts, speakers of events and who confirmed them, comments on drafts that wait, and the
files behind typed facts and spendings. None of it may come out.
"""

from datetime import date

from django.apps import apps

from baqylau.accountability.models import Account
from baqylau.contacts import keyring as contact_keys
from baqylau.contacts.services import open_contact
from baqylau.figures.services.contracts import Shown
from baqylau.outreach.services.campaigns import seed as seed_campaigns
from baqylau.outreach.services.reaching import follow
from baqylau.reception.rules.numbers import reference
from baqylau.reports.rules.contents import dumped
from tests.accountability import reporting
from tests.casework.making import happen, open_one
from tests.cast import Cast
from tests.councils.discussing import discussed, say
from tests.figures.contracts import typed
from tests.figures.making import cases
from tests.outreach.making import make_speaker, reported
from tests.reception.lettering import APPEAL, begun, save
from tests.reception.making import ADVISER, record
from tests.reception.visitors import check_of
from tests.reports.making import file as file_report
from tests.reports.making import make_house

NAME = "Зейнепмаркер Тотықызы"
STAFF = "Қызметмаркер Байұлы"
PHONE = "+7 701 987 65 43"
SAID = "Айтқанымаркер: жерім туралы"
STORY = "Хабармаркер: ақша сұрады"
SLIP = "ЖТ-2026-77777"
PAPER = "Қағазмаркер"
SPEAKER = "Дәріскермаркер Ұлы"
COMMENT = "Пікірмаркер: біздің көше"
MARKERS = (
    "Зейнепмаркер",
    "Қызметмаркер",
    "987 65 43",
    "9876543",
    "7019876543",
    "Айтқанымаркер",
    "Хабармаркер",
    "77777",
    "Қағазмаркер",
    "Дәріскермаркер",
    "Пікірмаркер",
)


def plant(cast: Cast) -> Account:
    """People in every room, a quarter of cases, and an account of it that two have approved."""
    contact_keys.make()
    contact = open_contact(actor=ADVISER, name=NAME, phone=PHONE, language="kk")
    row = record(contact=contact.key, agreed_to_call=True, answer=SAID)
    check_of(row)
    save(begun(row=row), {**APPEAL, "applicant_name": NAME, "facts": SAID})
    case = open_one()
    happen(case, "filed", case.opened_on, procedure="appeal", reference=SLIP)
    make_house()
    file_report(answers=dumped({"conduct": "bribe_asked", "story": STORY, "language": "kk"}))
    for person in (cast.coordinator, cast.lawyer, cast.administrator, cast.officer):
        person.user.name = STAFF
        person.user.save(update_fields=["name"])
    cases(40)
    seed_campaigns()
    held = reported(make_speaker(name=SPEAKER), on=date(2026, 6, 10), confirmed_by=SPEAKER)
    follow(event=held, actor=ADVISER)
    say(discussed(), text=COMMENT)
    account = reporting.make_account()
    typed(account.contract, 6, paper())
    return account


def paper() -> Shown:
    """A document whose content names somebody; what it is called does not."""
    return Shown("№ 6 акт", f"%PDF-1.7 {PAPER} {NAME} {PHONE}".encode(), "application/pdf")


def found(text: str) -> list[str]:
    """The markers that a text shows."""
    return [marker for marker in MARKERS if marker in text]


def real(account: Account) -> dict[str, list[str]]:
    """What real records have in the places of an address, by the type of the place."""
    return {
        "int": sorted({str(account.pk), str(account.contract_id), *_column("casework.case", "pk")}),
        "ordinal": ["1"],
        "closed_period": [account.period],
        "opaque": _column("reports.report", "pk"),
        "consultation": [reference(row) for row in _column("reception.consultation", "number")],
        "slug": ["kk", "pdf", "xlsx"],
        "str": [
            "casework.opened",
            *_column("contacts.contact", "key"),
            *_column("reception.letter", "key"),
            *_column("casework.case", "number"),
            *_column("institutions.institution", "code"),
            *_column("staff.user", "key"),
        ],
    }


def _column(model: str, name: str) -> list[str]:
    rows = apps.get_model(model)._default_manager.values_list(name, flat=True)
    return [str(value) for value in rows[:2]]

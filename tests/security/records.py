"""A house with one real record in the place of every address that the desk has.

The addresses come from the site's own table. What stands in their places is said here, by the
beginning of the route; the longest beginning that fits wins. An address that cannot be filled
fails the test that walks it.
"""

import io
import re
from collections.abc import Mapping
from datetime import date

from django.apps import apps

from baqylau.accountability.models import Account
from baqylau.accountability.queries import accounts as queries
from baqylau.accountability.services import making, news, sealing, voices, writing
from baqylau.breaches.services import Noted, note
from baqylau.casework.models import Case
from baqylau.casework.rules.numbers import reference as case_reference
from baqylau.casework.services.attaching import Sheet, attach
from baqylau.catalogue.services.words import add_alias
from baqylau.figures.services import catch_up
from baqylau.imports.services import receive
from baqylau.institutions.queries import institution
from baqylau.institutions.services import add_interest
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM
from baqylau.law.calendar import Day, DayKind
from baqylau.law.words import Wording
from baqylau.lawbook.services.calendar import set_day
from baqylau.reception.models import Consultation
from baqylau.reception.rules.numbers import reference
from baqylau.reception.services.addressees import add_addressee
from baqylau.reception.services.feeds import make_feed
from baqylau.reception.services.letters import save_letter
from baqylau.reception.services.printing import print_batch
from baqylau.reports.rules.contents import FileHead, dumped
from baqylau.reports.services import exporting
from baqylau.reports.services.drafts import add_to_draft, begin_draft
from baqylau.reports.services.names import ask_for_name
from baqylau.reports.taxonomy import ExportReason
from baqylau.staff.services import invitations
from baqylau.staff.services.kept import keep_text
from tests.accountability import reporting
from tests.addresses import Address
from tests.casework.making import AKIMAT, SCHOOL, happen, open_one
from tests.casework.papers import JPEG, PDF
from tests.cast import Cast
from tests.catalogue.making import make_published
from tests.figures.making import cases
from tests.reception.lettering import APPEAL, begun
from tests.reception.making import TARAZ, record
from tests.reception.visitors import check_of, make_visitor
from tests.reports.making import file as file_report
from tests.reports.making import make_house
from tests.security import records_outside
from tests.staff import test_factors
from tests.staff.authenticator import Passkey

Places = Mapping[str, Mapping[str, str]]
"""What stands in the places of addresses, by the beginning of the route."""
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
BATCH = "b" * 16
LOST = Noted(date(2026, 10, 19), "lost", "visitors", "Дәптер жоғалды.")


def filled(page: Address, places: Places) -> str | None:
    """The page's address with real records in it; None when nobody said what stands there."""
    wanted = ARGUMENT.findall(page.route)
    if not wanted:
        return "/" + page.route
    fitting = sorted((begin for begin in places if page.route.startswith(begin)), key=len)
    known = {name: value for begin in fitting for name, value in places[begin].items()}
    if not set(wanted) <= known.keys():
        return None
    return "/" + ARGUMENT.sub(lambda found: known[found[1]], page.route)


def plant(cast: Cast) -> Places:
    """Make the records; gives what stands in every place."""
    return {
        **_reception(cast),
        **_cases(cast),
        **_reference(cast),
        **_staff(cast),
        **_accountability(cast),
        **_reports(cast),
        **records_outside.councils(cast),
        **records_outside.outreach(cast),
        "desk/breaches/": {"pk": str(note(actor=cast.coordinator.actor, said=LOST).pk)},
    }


def _newest(model: str) -> str:
    """The key of the record of a model that was made last."""
    row = apps.get_model(model)._default_manager.order_by("-pk").first()
    assert row is not None, model
    return str(row.pk)


def _reception(cast: Cast) -> Places:
    adviser = cast.adviser.actor
    row: Consultation = record(
        adviser, contact=make_visitor().key, agreed_to_call=True, answer="Кеңес берілді."
    )
    letter = begun(row=row, actor=adviser)
    save_letter(actor=adviser, key=letter.key, seen=letter.edition, typed=APPEAL, body=AKIMAT)
    add_addressee(actor=cast.coordinator.actor, procedure="appeal", body=AKIMAT, source="ӘРПК")
    print_batch(actor=adviser, batch=BATCH, room=TARAZ, count=1)
    return {
        "desk/reception/": {"reference": reference(row.number)},
        "desk/reception/letters/": {"key": letter.key, "form": "pdf"},
        "desk/reception/addressees/": {"pk": _newest("reception.addressee")},
        "desk/reception/slips/": {"batch": BATCH},
        "desk/reception/calls/": {"number": str(check_of(row).pk)},
        "desk/calendar/feed/": {"token": make_feed(actor=adviser, language="kk")},
    }


def _cases(cast: Cast) -> Places:
    adviser = cast.adviser.actor
    case: Case = open_one(actor=adviser)
    happen(case, "filed", case.opened_on, procedure="appeal")
    attach(actor=adviser, number=case.number, step=1, sheet=Sheet(PDF, "pdf"))
    return {
        "desk/cases/": {
            "reference": case_reference(case.number),
            "number": "1",
            "kind": "answered",
        }
    }


def _reference(cast: Cast) -> Places:
    card = make_published()
    service = card.service
    assert service is not None
    add_alias(actor=cast.editor.actor, code=service.code, language="kk", text="туу қағазы")
    add_interest(
        actor=cast.coordinator.actor,
        institution=institution(SCHOOL),
        tie="relative",
        person=cast.lawyer.actor.key,
    )
    held = date(2026, 11, 4)
    words = Wording("сынақ күні", "пробный день", "a day for tests")
    day = Day(held, DayKind.HOLIDAY, words)
    set_day(day=day, actor=cast.lawyer.actor)
    return {
        "desk/catalogue/export.": {"kind": "csv"},
        "desk/catalogue/cards/": {"code": card.code},
        "desk/catalogue/services/": {"code": service.code},
        "desk/catalogue/words/": {"pk": _newest("catalogue.servicealias")},
        "desk/institutions/": {"code": AKIMAT},
        "desk/institutions/ties/": {"pk": _newest("institutions.interest")},
        "desk/institutions/points/": {"code": TARAZ},
        "desk/lawbook/rules/": {"rule_id": "pc.final_doc_answer", "number": "1"},
        "desk/lawbook/calendar/": {"year": "2026", "on": held.isoformat()},
        "desk/lawbook/changes/": {"edition": _edition()},
        "desk/lawbook/letters/": {"code": "appeal", "language": "kk", "number": "1"},
        "desk/imports/": {"kind": "services"},
        "desk/imports/run/": {"token": _import(cast)},
    }


def _edition() -> str:
    row = apps.get_model("lawbook.CalendarChange")._default_manager.order_by("-edition").first()
    assert row is not None
    return str(row.edition)


def _import(cast: Cast) -> str:
    run = receive(actor=cast.editor.actor, kind="services", name="a.csv", data="код\n".encode())
    return str(run.token)


def _staff(cast: Cast) -> Places:
    person = cast.adviser.user
    keep_text(user=person, page="/desk/", fields=[("a", "b")], was_sent=False)
    browser = test_factors._browser(cast.adviser)
    test_factors._set_up_app(browser)
    test_factors._add_passkey(browser, Passkey())
    return {
        "desk/accounts/": {"key": cast.outsider.user.key},
        "desk/invitation/": {"token": invitations.make_link(user=person, actor=SYSTEM)},
        "desk/kept/": {"number": _newest("staff.kepttext")},
        "desk/me/factors/passkey/": {"pk": _newest("mfa.authenticator")},
    }


def _accountability(cast: Cast) -> Places:
    cases(40)
    account = _account(cast)
    coordinator = cast.coordinator.actor
    post = news.write_post(
        actor=coordinator, said=news.Written({"title_kk": "Жаңалық", "text_kk": "Мәтін."})
    )
    seen = news.Pictured(reporting.picture(), "image/jpeg", "Бөлме")
    picture = news.add_picture(actor=coordinator, post=post, said=seen)
    said = voices.Replied(institution(SCHOOL), clock.today(), "Жауап", "", PDF, "application/pdf")
    reply = voices.note_reply(actor=coordinator, said=said)
    told = voices.Complained(clock.today(), "delay", "Қоңырау шалған жоқ.")
    complaint = voices.note_complaint(actor=cast.adviser.actor, said=told)
    contract = str(account.contract_id)
    paper = {"language": "kk", "form": "pdf"}
    return {
        "desk/contracts/": {"pk": contract},
        "desk/contracts/<int:pk>/indicators/": {"key": _newest("figures.indicator")},
        "desk/contracts/<int:pk>/facts/": {"key": _newest("figures.typedfact")},
        "desk/contracts/<int:pk>/lines/": {"key": _newest("accountability.budgetline")},
        "desk/contracts/<int:pk>/spent/": {"key": _newest("accountability.spending")},
        "desk/contracts/<int:pk>/stages/": {"key": _newest("accountability.stage")},
        "desk/commissioner/": {"pk": str(account.pk), **paper},
        "desk/commissioner/<int:pk>/pictures/": {"key": _newest("accountability.accountpicture")},
        "desk/received/": {"pk": str(account.pk), **paper},
        "desk/progress/": {"pk": contract},
        "desk/news/": {"pk": str(post.pk), "key": str(picture.pk)},
        "desk/replies/": {"pk": str(reply.pk)},
        "desk/complaints/": {"pk": str(complaint.pk)},
        "desk/figures/": {"code": "casework.opened"},
        "desk/periods/": {"code": account.period, "figure": "casework.opened"},
    }


def _account(cast: Cast) -> Account:
    """An account that was sent, with a picture in it."""
    row = reporting.make_account()
    words = ("Кездесу", "Встреча", "Кездесу", "Встреча")
    said = writing.Pictured(reporting.picture(), "image/jpeg", *words)
    writing.add_picture(actor=cast.coordinator.actor, account=row, said=said)
    reporting.close_quarter()
    row = queries.account(row.pk)
    for person in (cast.coordinator, cast.lawyer):
        seen = reporting.seen(row, person.actor)
        sealing.approve(actor=person.actor, account=row, seen=seen)
    row = sealing.seal(actor=cast.coordinator.actor, account=queries.account(row.pk))
    making.make(actor=cast.coordinator.actor, account=row, progress=lambda _done, _all: None)
    sealing.send(actor=cast.coordinator.actor, account=row)
    catch_up()
    return queries.account(row.pk)


def _reports(cast: Cast) -> Places:
    officer, second = cast.officer.actor, cast.second_officer.actor
    make_house(officer, second, custodians=(cast.custodian.actor,))
    draft = begin_draft()
    head = FileHead("сурет.jpg", "image/jpeg", len(JPEG))
    add_to_draft(draft=draft, head=head, file=io.BytesIO(JPEG))
    name = dumped({"name": "Айгүл", "phone": "+7 700 000 00 00"})
    _filed, report = file_report(draft=draft, name=name)
    asked = exporting.ask_export(actor=second, report=report, reason=ExportReason.COURT)
    wish = ask_for_name(actor=officer, report=report, reason="authority", note="Сот сұрады.")
    return {
        "desk/reports/": {"report": report.pk},
        "desk/reports/<opaque:report>/files/": {"number": "2"},
        "desk/reports/<opaque:report>/export/": {"number": asked.pk},
        "desk/reports/names/": {"number": str(wish.pk)},
        "desk/reports/keys/compare/": {"holder": second.key},
        "desk/reports/keys/end/": {"holder": second.key},
    }

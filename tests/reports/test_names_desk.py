"""Names at the desk: asked for, decided with a key, read by who asked."""

import pytest
from django.test import Client
from django.urls import reverse

from baqylau.reports.models import NameRequest, Report
from baqylau.reports.rules.contents import dumped
from baqylau.reports.services.handing import give_mine
from tests.cast import Cast, Person, make_person
from tests.reports.making import PASSPHRASE, House, file, make_holder, make_house

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
NOTE = "Сот Айгүлді куә ретінде шақырып отыр."


@pytest.fixture
def house(cast: Cast, folders: object, still: None) -> House:
    """The cast's officers and custodian hold keys; the form is open."""
    officers = (cast.officer.actor, cast.second_officer.actor)
    return make_house(*officers, custodians=(cast.custodian.actor,))


@pytest.fixture
def report(house: House) -> Report:
    return file(name=dumped({"name": "Айгүл Серікова", "phone": "+7 700 000 00 00"}))[1]


def ask(person: Person, report: Report, **fields: str) -> int:
    address = reverse("reports_name_ask", args=[report.pk])
    return person.client.post(address, {"reason": "authority", "note": NOTE, **fields}).status_code


def decide(person: Person, **fields: str) -> tuple[int, str]:
    """Status and text of what a custodian sends about the latest request."""
    row = NameRequest.objects.latest("asked_on")
    answer = person.client.post(reverse("reports_name", args=[row.pk]), fields)
    assert "no-store" in answer.headers["Cache-Control"]
    return answer.status_code, answer.content.decode()


def opened(person: Person, report: Report, passphrase: str = PASSPHRASE) -> tuple[int, str]:
    address = reverse("reports_name_ask", args=[report.pk])
    answer = person.client.post(address, {"passphrase": passphrase})
    return answer.status_code, answer.content.decode()


def test_a_name_goes_from_question_to_the_eyes_of_the_asker(cast: Cast, report: Report) -> None:
    assert ask(cast.officer, report) == 302
    waiting = cast.custodian.client.get(reverse("reports_names")).content.decode()
    assert cast.officer.user.name in waiting
    assert NOTE not in waiting
    assert decide(cast.custodian, step="read", **{"read-passphrase": "басқа"})[0] == 400
    status, text = decide(cast.custodian, step="read", **{"read-passphrase": PASSPHRASE})
    assert (status, NOTE in text) == (200, True)
    fields = {"step": "decide", "decision": "grant"}
    assert decide(cast.custodian, passphrase="басқа", **fields)[0] == 400
    assert decide(cast.custodian, passphrase=PASSPHRASE, **fields)[0] == 302
    asked = cast.officer.client.get(reverse("reports_names")).content.decode()
    assert reverse("reports_name_ask", args=[report.pk]) in asked
    before = cast.officer.client.get(reverse("reports_name_ask", args=[report.pk]))
    assert "Серікова" not in before.content.decode()
    status, text = opened(cast.officer, report)
    assert (status, "Айгүл Серікова" in text, "+7 700 000 00 00" in text) == (200, True, True)
    assert opened(cast.officer, report, "басқа")[0] == 400


def test_a_refusal_shows_its_reason_to_the_asker(cast: Cast, report: Report) -> None:
    ask(cast.officer, report)
    fields = {"step": "decide", "decision": "no_ground", "passphrase": PASSPHRASE}
    assert decide(cast.custodian, **fields)[0] == 302
    text = cast.officer.client.get(reverse("reports_names")).content.decode()
    assert "заңды негізі көрсетілмеген" in text
    assert reverse("reports_name_ask", args=[report.pk]) not in text


def test_the_same_is_not_asked_twice_nor_for_no_reason(cast: Cast, report: Report) -> None:
    assert ask(cast.officer, report, reason="curiosity") == 400
    assert ask(cast.officer, report) == 302
    assert ask(cast.officer, report) == 400
    assert NameRequest.objects.count() == 1


@pytest.mark.parametrize("who", ["officer", "administrator", "coordinator", "outsider"])
def test_only_custodians_decide(cast: Cast, report: Report, who: str) -> None:
    ask(cast.second_officer, report)
    address = reverse("reports_name", args=[NameRequest.objects.get().pk])
    fields = {"step": "decide", "decision": "grant", "passphrase": PASSPHRASE}
    assert getattr(cast, who).client.get(address).status_code == 403
    assert getattr(cast, who).client.post(address, fields).status_code == 403
    assert NameRequest.objects.get().state == "asked"


@pytest.mark.parametrize("who", ["custodian", "administrator", "coordinator", "adviser"])
def test_who_does_not_read_the_report_does_not_ask(cast: Cast, report: Report, who: str) -> None:
    assert ask(getattr(cast, who), report) == 403


def test_a_recused_officer_cannot_even_see_the_page(
    cast: Cast, report: Report, house: House
) -> None:
    newcomer = make_person("intake_officer")
    make_holder(newcomer.actor, "officer")
    assert ask(newcomer, report) == 403
    address = reverse("reports_name_ask", args=[report.pk])
    assert newcomer.client.get(address).status_code == 403


def test_a_person_with_both_roles_cannot_decide_on_their_own_question(
    folders: object, still: None
) -> None:
    both = make_person("intake_officer", "custodian")
    other = make_person("intake_officer", "custodian")
    make_house(both.actor, other.actor, custodians=(make_person("custodian").actor,))
    _filed, report = file()
    ask(both, report)
    text = both.client.get(reverse("reports_name", args=[NameRequest.objects.get().pk]))
    assert "басқа адам шешеді" in text.content.decode()
    fields = {"step": "decide", "decision": "grant", "passphrase": PASSPHRASE}
    for person in (both, other):
        assert decide(person, **fields)[0] == 400
    assert NameRequest.objects.get().state == "asked"


def test_requests_and_reports_that_do_not_exist_are_not_there(cast: Cast, house: House) -> None:
    assert cast.custodian.client.get(reverse("reports_name", args=["0" * 32])).status_code == 404
    assert cast.officer.client.get(reverse("reports_name_ask", args=["0" * 32])).status_code == 404
    assert Client().get(reverse("reports_names")).status_code == 302


def test_a_custodian_who_came_later_decides_without_the_note(
    cast: Cast, house: House, report: Report
) -> None:
    ask(cast.officer, report)
    later = make_person("custodian")
    make_holder(later.actor, "custodian")
    first = house.custodians[0]
    give_mine(actor=first.actor, own=first.key, to=later.actor.key)
    status, text = decide(later, step="read", **{"read-passphrase": PASSPHRASE})
    assert (status, NOTE in text, 'name="decision"' in text) == (200, False, True)
    fields = {"step": "decide", "decision": "unclear", "passphrase": PASSPHRASE}
    assert decide(later, **fields)[0] == 302


def test_no_note_is_no_fault(cast: Cast, report: Report) -> None:
    assert ask(cast.officer, report, note="") == 302
    status, text = decide(cast.custodian, step="read", **{"read-passphrase": PASSPHRASE})
    assert (status, "Ештеңе жазылмаған" in text) == (200, True)

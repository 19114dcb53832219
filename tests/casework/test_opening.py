"""Opening: once for a key, numbers without gaps, nothing that no longer exists."""

import json
import threading
from datetime import date, timedelta

import pytest
from django.db import connections, transaction

from baqylau.casework.models import Case, Step, YearNumber
from baqylau.casework.services.writing import AbolishedError, TiedError
from baqylau.catalogue.models import PublicService
from baqylau.institutions.models import Institution
from baqylau.institutions.services import add_interest, close
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM
from baqylau.kernel.errors import DomainError
from tests.casework.conftest import NOON
from tests.casework.making import AKIMAT, POLICE, open_one

pytestmark = pytest.mark.django_db


def test_numbers_run_by_year_from_one(house: None) -> None:
    last_year = date(2025, 12, 30)
    numbers = [open_one(opened_on=day).number for day in (None, last_year, None, last_year)]
    assert numbers == ["Ж-2026-000001", "Ж-2025-000001", "Ж-2026-000002", "Ж-2025-000002"]


def test_the_same_key_opens_one_case(house: None) -> None:
    first = open_one(idempotency_key="reception:42")
    again = open_one(idempotency_key="reception:42", kind="proposal")
    assert (again.pk, again.kind) == (first.pk, "service_failure")
    assert Case.objects.count() == 1
    assert Entry.objects.filter(action="casework.opened").count() == 1


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "Әлия Серікова", "with space 1"])
def test_a_key_that_could_hold_words_is_a_mistake(house: None, key: str) -> None:
    with pytest.raises(ValueError, match="idempotency key"):
        open_one(idempotency_key=key)


def test_what_fails_takes_no_number(house: None) -> None:
    open_one()
    with transaction.atomic():
        open_one()
        transaction.set_rollback(True)
    assert open_one().serial == 2


def test_the_journal_learns_codes_and_the_first_step(house: None) -> None:
    case = open_one(service="s901", urgency="urgent", severity=3)
    opened, step = Entry.objects.filter(subject=f"case:{case.number}").order_by("number")
    assert (opened.action, step.action) == ("casework.opened", "casework.step")
    assert json.loads(opened.payload)["service"] == "s901"
    assert json.loads(step.payload) == {
        "number": 1,
        "kind": "opened",
        "on": "2026-07-01",
        "body": AKIMAT,
    }
    assert (case.stage, case.next_due_on) == ("open", None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "gossip"},
        {"urgency": "panic"},
        {"severity": 5},
        {"territory": "999999999"},
        {"service": "none"},
        {"body": "ffffffff"},
        {"room": "ffffffff"},
        {"opened_on": date(2026, 7, 2)},
    ],
)
def test_what_is_not_known_opens_nothing(house: None, wrong: dict[str, object]) -> None:
    with pytest.raises(DomainError):
        open_one(**wrong)
    assert not Case.objects.exists()
    assert not YearNumber.objects.exists()


def test_a_body_that_is_gone_names_who_took_over_last(house: None) -> None:
    middle = Institution.objects.get(code="0000000c")
    close(actor=SYSTEM, code=AKIMAT, until_on=date(2026, 3, 1), successor=middle.code)
    close(actor=SYSTEM, code=middle.code, until_on=date(2026, 5, 1), successor=POLICE)
    with pytest.raises(AbolishedError) as refusal:
        open_one()
    assert refusal.value.heir == POLICE
    assert "Полиция департаменті" in refusal.value.message
    assert open_one(opened_on=date(2026, 2, 1)).body_id is not None


def test_a_body_without_a_successor_says_so(house: None) -> None:
    close(actor=SYSTEM, code=AKIMAT, until_on=date(2026, 3, 1))
    with pytest.raises(AbolishedError) as refusal:
        open_one()
    assert refusal.value.heir == ""


def test_a_service_that_was_withdrawn_is_refused_from_its_last_day(house: None) -> None:
    PublicService.objects.filter(code="s901").update(valid_until=date(2026, 7, 1))
    with pytest.raises(DomainError) as refusal:
        open_one(service="s901")
    assert refusal.value.field == "service"
    assert open_one(service="s901", opened_on=date(2026, 6, 30)).service is not None


def test_nobody_gets_a_case_about_a_body_that_they_are_tied_to(house: None) -> None:
    akimat = Institution.objects.get(code=AKIMAT)
    add_interest(actor=SYSTEM, institution=akimat, person="cousin", tie="relative")
    with pytest.raises(TiedError):
        open_one(person="cousin")
    assert open_one(person="cousin", body=POLICE).person == "cousin"


@pytest.mark.django_db(transaction=True)
def test_eight_threads_open_cases_without_gap_or_double(house: None) -> None:
    failures: list[BaseException] = []

    def work(worker: int) -> None:
        try:
            with clock.frozen(NOON):
                for n in range(6):
                    open_one(idempotency_key=f"own:{worker}:{n}:xx")
                    open_one(idempotency_key=f"shared:{n}:xxxx")
                    open_one(
                        idempotency_key=f"old:{worker}:{n}:xx",
                        opened_on=NOON.date() - timedelta(days=365),
                    )
        except BaseException as error:  # noqa: BLE001 - told below, outside the thread
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    for year, count in ((2026, 54), (2025, 48)):
        serials = Case.objects.filter(year=year).order_by("serial").values_list("serial", flat=True)
        assert list(serials) == list(range(1, count + 1))
    assert Step.objects.count() == 102
    assert Entry.objects.filter(action="casework.opened").count() == 102

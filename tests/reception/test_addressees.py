"""The list of addressees: dated rows with their source; nobody is chosen beforehand."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from baqylau.institutions.services import close
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.kernel.errors import DomainError, NotAllowedError
from baqylau.reception import addressees_training
from baqylau.reception.models import Addressee, Consultation
from baqylau.reception.queries.addressees import everything, receivers
from baqylau.reception.services.addressees import add_addressee, end_addressee
from tests.casework.making import AKIMAT, POLICE, SCHOOL, make_more
from tests.cast import Cast, SignIn
from tests.reception.making import ADVISER, MERKE, record

pytestmark = pytest.mark.django_db
LAWYER = Actor("lawyer-1", frozenset({"lawyer"}))
TARAZ = "311000000"
PAGE = "/desk/reception/addressees/"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are read in English here."""
    with translation.override("en"):
        yield


def add(body: str = AKIMAT, **changes: object) -> Addressee:
    given = {"procedure": "appeal", "source": "Ереже, 5-тармақ", **changes}
    return add_addressee(actor=LAWYER, body=body, **given)  # type: ignore[arg-type]  # mypy does not follow names into a call


def offered(row: Consultation, procedure: str = "appeal") -> list[str]:
    return [each.body.code for each in receivers([procedure], row, clock.today())]


def test_the_closest_row_comes_first_and_no_other_service_or_district(desk: None) -> None:
    add(AKIMAT)
    add(SCHOOL, territory=TARAZ)
    add(POLICE, service="s901", territory=TARAZ)
    row = record(service="s901")
    assert offered(row) == [POLICE, SCHOOL, AKIMAT]
    assert offered(record()) == [SCHOOL, AKIMAT]
    assert offered(record(room=MERKE)) == [AKIMAT]
    assert offered(row, "quality") == []


def test_a_row_holds_from_its_day_until_it_is_ended(desk: None) -> None:
    row = record()
    made = add(first_on=clock.today() + timedelta(days=2))
    assert offered(row) == []
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert offered(row) == [AKIMAT]
    with clock.frozen(clock.now() + timedelta(days=5)):
        end_addressee(actor=LAWYER, pk=made.pk)
        assert offered(row) == []
        assert list(everything(clock.today(), ended=True)) == [made]
        assert not everything(clock.today()).exists()


def test_a_row_that_never_held_leaves_the_list(desk: None) -> None:
    end_addressee(actor=LAWYER, pk=add().pk)
    assert not Addressee.objects.exists()
    assert Entry.objects.filter(action="reception.addressee_ended").exists()


def test_the_successor_is_offered_in_place_of_a_body_that_is_gone(desk: None) -> None:
    add(SCHOOL)
    close(actor=SYSTEM, code=SCHOOL, until_on=clock.today(), successor=POLICE)
    found = receivers(["appeal"], record(), clock.today())
    assert [(each.body.code, each.instead_of and each.instead_of.code) for each in found] == [
        (POLICE, SCHOOL)
    ]


def test_a_body_that_left_nobody_is_not_offered(desk: None) -> None:
    gone = make_more("№ 906 мектеп").code
    add(gone)
    close(actor=SYSTEM, code=gone, until_on=clock.today())
    assert offered(record()) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"source": " \u200f "}, "source"),
        ({"source": "а" * 241}, "source"),
        ({"procedure": "wish"}, "procedure"),
        ({"service": "nothing"}, "service"),
    ],
)
def test_a_row_without_its_source_or_with_a_wrong_code_is_refused(
    desk: None, changes: dict[str, str], field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        add(**changes)
    assert refused.value.field == field
    assert not Addressee.objects.exists()


def test_the_same_row_is_there_once(desk: None) -> None:
    add()
    with pytest.raises(DomainError, match="says so already"):
        add(source="басқа")


def test_an_adviser_does_not_keep_the_list(desk: None) -> None:
    made = add()
    with pytest.raises(NotAllowedError):
        add_addressee(actor=ADVISER, procedure="appeal", body=AKIMAT, source="а")
    with pytest.raises(NotAllowedError):
        end_addressee(actor=ADVISER, pk=made.pk)


def test_the_pages_add_and_end_a_row(desk: None, cast: Cast) -> None:
    client = cast.lawyer.client
    sent = {
        "procedure": "quality",
        "body": "әкімдігі",
        "service": "",
        "territory": TARAZ,
        "source": "Қызметтер туралы заң, 25-бап",
        "first_on": date(2026, 7, 1).isoformat(),
    }
    assert client.post(PAGE + "new/", {**sent, "source": ""}).status_code == 400
    assert client.post(PAGE + "new/", sent)["Location"] == PAGE
    made = Addressee.objects.get()
    with clock.frozen(clock.now() + timedelta(days=1)):
        shown = client.get(PAGE).text
        assert "Қызметтер туралы заң, 25-бап" in shown
        client.post(f"{PAGE}{made.pk}/end/")
        assert "Қызметтер туралы заң, 25-бап" not in client.get(PAGE).text
        assert "Қызметтер туралы заң, 25-бап" in client.get(PAGE + "?ended=1").text


def test_the_list_asks_the_database_as_often_for_many_rows(desk: None, cast: Cast) -> None:
    client = cast.lawyer.client
    asked = []
    for number in range(6):
        add(make_more(f"№ 9{number}0 мектеп").code, territory=TARAZ, service="s901")
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        asked.append(len(queries))
    assert asked[1] == asked[5]


@pytest.mark.parametrize("role", ["adviser", "administrator", "official", "editor"])
def test_others_do_not_see_the_list(desk: None, sign_in: SignIn, role: str) -> None:
    assert sign_in(role).get(PAGE).status_code == 403


def test_the_training_rows_say_that_they_are_invented(desk: None) -> None:
    made = addressees_training.load(1, 1, lambda _done, _total: None)
    assert made == Addressee.objects.count() > 0
    assert all("ойдан" in row.source for row in Addressee.objects.all())
    assert addressees_training.load(1, 1, lambda _done, _total: None) == 0

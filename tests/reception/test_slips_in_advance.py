"""Sheets and slips that are printed before anybody has come."""

import json
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baqylau.institutions.models import ServicePoint
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError, NotAllowedError
from baqylau.reception import keyring, seeds, verification
from baqylau.reception.models import PrintedSlip
from baqylau.reception.queries.batches import batches, printed
from baqylau.reception.queries.sheets import ON_A_SHEET, both, sheets, words
from baqylau.reception.services.printing import MOST, print_batch
from baqylau.reception.taxonomy import Channel, Result
from tests.cast import Cast
from tests.reception.making import ADVISER, COLLEAGUE, COORDINATOR, MERKE, TARAZ, record

pytestmark = pytest.mark.usefixtures("desk")


def order(**changes: Any) -> list[PrintedSlip]:  # noqa: ANN401 - of many kinds
    """Four slips for the room in Taraz."""
    given = {"actor": ADVISER, "batch": "batch-0001", "room": TARAZ, "count": 4}
    return print_batch(**{**given, **changes})


def test_a_batch_takes_the_next_numbers_of_the_year() -> None:
    record()
    assert [str(slip) for slip in order()] == [f"К-2026-00000{last}" for last in (2, 3, 4, 5)]
    assert record().number == "К-2026-000006"


def test_the_same_batch_is_printed_again_with_the_same_numbers() -> None:
    first = [str(slip) for slip in order()]
    assert [str(slip) for slip in order(count=9, room=MERKE)] == first
    assert record().number == "К-2026-000005"
    assert Entry.objects.filter(action="reception.slips_printed").count() == 1


def test_the_journal_knows_which_numbers_were_given_to_which_room() -> None:
    order(count=2)
    entry = Entry.objects.get(action="reception.slips_printed")
    assert entry.subject == f"point:{TARAZ}"
    assert json.loads(entry.payload) == {"year": 2026, "first": 1, "count": 2}


def test_a_slip_used_or_unused_leaves_no_gap_in_the_numbers() -> None:
    slips = order()
    record(slip=str(slips[1]), origin="sheet")
    record()
    assert list(verification.differences()) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"count": 0}, "count"), ({"count": MOST + 1}, "count"), ({"room": "0000000a"}, "")],
)
def test_what_cannot_be_printed_is_refused_and_takes_no_number(
    changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        order(**changes)
    assert refused.value.field == field
    assert record().number == "К-2026-000001"


def test_a_room_that_is_closed_gets_no_slips() -> None:
    ServicePoint.objects.filter(code=TARAZ).update(until_on=clock.today())
    with pytest.raises(DomainError) as refused:
        order()
    assert refused.value.field == "room"


def test_only_the_desk_prints() -> None:
    with pytest.raises(NotAllowedError):
        order(actor=Actor("x", frozenset({"administrator"})))
    with pytest.raises(ValueError, match="key of a batch"):
        order(batch="<b>")


def test_a_code_printed_in_advance_stays_good_once_the_visit_is_written_down() -> None:
    slip = order()[0]
    (paper, *_others) = printed("batch-0001", ADVISER)
    row = record(slip=str(slip), origin="sheet")
    assert paper.code.replace(" ", "") == keyring.code_of(row.number, row.issue)


def test_what_became_of_the_slips_is_seen() -> None:
    slips = order()
    order(batch="batch-0002", room=MERKE, count=1)
    row = record(slip=str(slips[2]), origin="sheet")
    newest, first = batches(None, COORDINATOR).object_list
    assert (newest.used, newest.unused, newest.room.code) == (0, 1, MERKE)
    assert (first.first, first.last) == (str(slips[0]), str(slips[3]))
    assert (first.used, first.unused) == (1, 3)
    assert [each.consultation for each in printed("batch-0001", ADVISER)] == [None, None, row, None]


def test_a_code_is_shown_no_more_once_the_visit_is_written_down(cast: Cast) -> None:
    slips = order()
    record(slip=str(slips[1]), origin="sheet")
    code = keyring.code_of(str(slips[1]), 1)
    assert [bool(each.code) for each in printed("batch-0001", ADVISER)] == [True, False, True, True]
    page = cast.lawyer.client.get("/desk/reception/slips/batch-0001/").text
    assert f"{code[:4]} {code[4:]}" not in page
    assert str(slips[1]) in page
    assert page.count("<article") == page.count('class="entry"') == 3


def test_a_batch_of_which_all_are_used_still_opens(cast: Cast) -> None:
    for slip in order(count=2):
        record(slip=str(slip), origin="sheet")
    page = cast.lawyer.client.get("/desk/reception/slips/batch-0001/")
    assert page.status_code == 200
    assert "<article" not in page.text


def test_a_batch_opens_for_whoever_printed_it_works_in_its_room_or_oversees_all(
    cast: Cast,
) -> None:
    order(room=MERKE)
    address = "/desk/reception/slips/batch-0001/"
    adviser = cast.adviser
    assert adviser.client.get(address).status_code == 404
    assert "batch-0001" not in adviser.client.get("/desk/reception/slips/").text
    for person in (cast.lawyer, cast.coordinator):
        assert person.client.get(address).status_code == 200
        assert "batch-0001" in person.client.get("/desk/reception/slips/").text
    record(adviser.actor, room=TARAZ)
    assert adviser.client.get(address).status_code == 404
    record(adviser.actor, room=MERKE)
    assert adviser.client.get(address).status_code == 200
    assert "batch-0001" in adviser.client.get("/desk/reception/slips/").text


def test_whoever_printed_a_batch_opens_it_before_any_visit_and_a_colleague_does_not() -> None:
    order()
    assert len(printed("batch-0001", ADVISER)) == 4
    assert len(batches(None, ADVISER).object_list) == 1
    assert len(batches(None, COLLEAGUE).object_list) == 0
    with pytest.raises(DomainError):
        printed("batch-0001", COLLEAGUE)


def test_the_list_costs_the_same_queries_however_many_batches_there_are(
    cast: Cast,
) -> None:
    for number in range(9):
        order(batch=f"batch-000{number}", count=2)
    with CaptureQueriesContext(connection) as seen:
        assert len(batches(None, COORDINATOR).object_list) == 9
    assert len(seen.captured_queries) == 3


def test_an_order_leads_to_its_paper_and_a_second_click_to_the_same(cast: Cast) -> None:
    client = cast.adviser.client
    data = {"room": TARAZ, "count": "5", "batch": "abcdefgh"}
    for _click in range(2):
        answer = client.post("/desk/reception/slips/", data)
        assert answer.headers["Location"] == "/desk/reception/slips/abcdefgh/"
    page = client.get("/desk/reception/slips/abcdefgh/").text
    assert page.count("<article") == 5
    assert page.count('class="entry"') == 5
    assert page.count('class="sheet"') == 2
    for slip in PrintedSlip.objects.all():
        code = keyring.code_of(str(slip), 1)
        assert page.count(str(slip)) >= 2
        assert f"{code[:4]} {code[4:]}" in page
    assert 'style="' not in page


def test_a_sheet_has_boxes_for_everything_and_no_line_for_a_name(cast: Cast) -> None:
    order()
    page = cast.lawyer.client.get("/desk/reception/slips/batch-0001/").text
    for choice in (*Channel, *Result):
        for said in both(choice.label):
            assert said in page
    assert "Аты-жөні" not in page
    assert "аты-жөнін, телефонын, ЖСН жазбаңыз" in page


@pytest.mark.parametrize(
    "changes",
    [
        {"count": ""},
        {"count": "61"},
        {"count": "-1"},
        {"count": "1e9"},
        {"count": "😀"},
        {"count": "9" * 400},
        {"room": "nowhere"},
        {"batch": ""},
        {"batch": "x" * 400},
        {"batch": "../../etc"},
    ],
)
def test_an_order_that_makes_no_sense_gets_a_sentence(cast: Cast, changes: dict[str, str]) -> None:
    data = {"room": TARAZ, "count": "4", "batch": "abcdefgh", **changes}
    answer = cast.adviser.client.post("/desk/reception/slips/", data)
    assert answer.status_code == 400
    assert 'class="summary"' in answer.text
    assert PrintedSlip.objects.count() == 0


def test_a_batch_that_was_never_printed_is_not_there(cast: Cast) -> None:
    assert cast.adviser.client.get("/desk/reception/slips/nothing-here/").status_code == 404
    assert cast.administrator.client.get("/desk/reception/slips/").status_code == 403


def test_three_visits_fit_on_a_sheet() -> None:
    assert [len(rows) for rows in sheets(range(7))] == [ON_A_SHEET, ON_A_SHEET, 1]
    assert words()["number"] == ("Нөмірі", "Номер")


def test_with_slips_given_away_a_missing_key_is_a_loss_and_no_first_start() -> None:
    order()
    keyring.path().unlink()
    seeds.load()
    assert not keyring.path().exists()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_at_the_same_moment_gives_one_batch() -> None:
    def click() -> None:
        order(batch="clicked-1")
        connection.close()

    threads = [Thread(target=click) for _click in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert PrintedSlip.objects.filter(batch="clicked-1").count() == 4
    assert record().number == "К-2026-000005"

"""A group of public records is corrected like a whole: old, new, who, why; nothing else is."""

import csv
import io

import pytest
from django.db import transaction
from django.test import Client

from baqylau.accountability.queries.releases import archive_of
from baqylau.accountability.rules.archive import unpack
from baqylau.accountability.rules.checking import check
from baqylau.figures.models import Cell, Closing, Correction, Tally
from baqylau.figures.queries.moving import moved
from baqylau.figures.services import correct, fold_all
from baqylau.figures.verification_closings import faults
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from tests.accountability.releasing import released
from tests.accountability.test_numbers import text_of
from tests.casework.making import AKIMAT, POLICE, SCHOOL, TARAZ
from tests.cast import Cast
from tests.figures.closing import COORDINATOR
from tests.figures.test_public_records import PUBLIC, SPRING, closed, given
from tests.sample.figures import GIVEN, give

__all__ = ["closed", "given"]
pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
REASONS = {"kk": "Екі ұсыным кеш енгізілді.", "ru": "Две рекомендации внесены поздно.", "en": ""}
PERIOD = "/desk/periods/2026-Q2/"


def part(closing: Closing, value: str = POLICE, figure: str = GIVEN) -> Cell:
    """What was published of a body."""
    return Cell.objects.get(closing=closing, figure=figure, dimension="body", value=value)


def late(number: int = 2, body: str = POLICE) -> None:
    """Records of the closed quarter that are written now."""
    with clock.frozen(SPRING), transaction.atomic():
        give(number, district=TARAZ, body=body)
    fold_all()


def corrected(closing: Closing) -> Correction:
    """Two more to the police, and the police's number corrected."""
    late()
    return correct(actor=COORDINATOR, cell=part(closing), reasons=REASONS)


def test_groups_that_the_records_lead_elsewhere_are_listed_with_their_wholes(
    closed: Closing,
) -> None:
    assert moved([closed]) == []
    late()
    places = {(each.number.cell.dimension, each.number.cell.value) for each in moved([closed])}
    assert {("", ""), ("body", POLICE), ("district", TARAZ)} <= places
    assert ("body", AKIMAT) not in places
    assert all(
        each.number.cell.figure.startswith("sample.") or not each.number.cell.dimension
        for each in moved([closed])
    )


def test_a_group_is_corrected_by_itself_and_what_was_closed_stays(closed: Closing) -> None:
    made = corrected(closed)
    assert (made.old["number"], made.new["number"]) == (1, 3)
    assert part(closed).answer["number"] == 1
    assert list(faults()) == []
    assert part(closed) not in [each.number.cell for each in moved([closed])]


def test_a_group_that_has_gone_is_corrected_to_nothing(closed: Closing) -> None:
    Tally.objects.filter(measure=GIVEN, dimension="body", value=POLICE).delete()
    assert part(closed) in [each.number.cell for each in moved([closed])]
    made = correct(actor=COORDINATOR, cell=part(closed), reasons=REASONS)
    assert made.new["number"] == 0


def test_a_group_that_was_not_there_has_nothing_to_correct(closed: Closing) -> None:
    late(1, SCHOOL)
    assert not any(each.number.cell.value == SCHOOL for each in moved([closed]))
    assert any(not each.number.cell.dimension for each in moved([closed]))


def test_a_group_that_hides_something_is_still_never_published_twice(closed: Closing) -> None:
    hidden = Cell.objects.filter(closing=closed, figure="casework.opened").exclude(dimension="")
    with pytest.raises(DomainError) as refused:
        correct(actor=COORDINATOR, cell=hidden[0], reasons=REASONS)
    assert refused.value.code == "part"


def test_the_correction_of_a_group_stands_on_every_page_and_in_every_file(
    closed: Closing, client: Client
) -> None:
    corrected(closed)
    page = text_of(client.get(PUBLIC).text)
    assert "Body: " in page
    assert "1 3 Екі ұсыным кеш енгізілді." in page
    assert "Recommendations given, Body: " in text_of(client.get("/en/check/").text)
    (told,) = client.get(f"{PUBLIC[:-1]}.json").json()["corrections"]
    assert (told["dimension"], told["value"], told["new"]["number"]) == ("body", POLICE, 3)
    rows = csv.DictReader(io.StringIO(client.get(f"{PUBLIC[:-1]}.csv").text.removeprefix("\ufeff")))
    numbers = {row["value"]: row["number"] for row in rows if row["dimension"] == "body"}
    assert numbers == {AKIMAT: "3", POLICE: "3"}


def test_a_release_with_the_correction_of_a_group_holds_and_one_without_does_not(
    closed: Closing,
) -> None:
    corrected(closed)
    content = archive_of(released())
    assert check(content).faults == []
    rows = unpack(content).files["data/corrections.csv"].decode("utf-8-sig")
    assert f"{GIVEN},own,body,{POLICE},1," in rows


@pytest.mark.parametrize("change", ["new", "gone", "moved"])
def test_whoever_touches_the_correction_of_a_group_is_found(closed: Closing, change: str) -> None:
    row = corrected(closed)
    if change == "new":
        Correction.objects.update(new={"kind": "exact", "number": 9})
    elif change == "gone":
        row.delete()
    else:
        Correction.objects.update(cell=part(closed, AKIMAT))
    assert any(GIVEN in fault for fault in faults())


def test_a_coordinator_corrects_a_group_at_the_desk(closed: Closing, cast: Cast) -> None:
    late()
    desk = cast.coordinator.client
    (row,) = [
        each
        for each in desk.get(PERIOD).context["moved"]
        if f"by=body&value={POLICE}" in each["url"] and each["figure"] == GIVEN
    ]
    form = desk.get(row["url"])
    assert form.context["part"] in form.content.decode()
    answer = desk.post(row["url"], {**REASONS, "seen": form.context["seen"]})
    assert (answer.status_code, answer["Location"]) == (302, PERIOD)
    assert row["part"] in desk.get(PERIOD).content.decode()
    assert Correction.objects.get().cell == part(closed)
    nowhere = f"{PERIOD}correct/{GIVEN}/?by=body&value=nobody"
    assert desk.get(nowhere).status_code == 404

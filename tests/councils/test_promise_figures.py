"""Numbers of recommendations: exact, each the length of the public list that it opens."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from baqylau.councils import annexes, datasets, figures
from baqylau.councils.models import Council, Recommendation
from baqylau.councils.services.stepping import strike_step
from baqylau.journal.models import Entry
from baqylau.kernel.access import Nobody
from baqylau.kernel.figures import Contribution, Figure, Live, Share, Slice, Told
from baqylau.kernel.period import Period
from baqylau.web import conditional
from tests.councils.making import AKIMAT, LAWYER, POLICE, SCHOOL, TARAZ
from tests.councils.promising import (
    DONE,
    accepted,
    ask,
    draft,
    happen,
    of_council,
    on_day,
    received,
    sent,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
MAY = Period(date(2026, 5, 1), date(2026, 6, 1))


@pytest.fixture
def year(council: Council) -> Council:
    """Recommendations in several states, to three bodies; one draft, which counts nowhere."""
    received()
    row = accepted()
    happen(row, "executed", date(2026, 6, 1))
    happen(row, "verified", date(2026, 6, 9), finding="confirmed")
    late = happen(received(body=POLICE), "silence", date(2026, 5, 22))
    happen(late, "answered", date(2026, 5, 25), finding="partly")
    happen(of_council(council, body=SCHOOL), "answered", date(2026, 5, 6), finding="refused")
    sent(body=POLICE)
    ask(draft())
    strike_step(actor=LAWYER, number=row.number or "", target=5, reason="қате")
    return council


def told() -> list[Told]:
    """The journal as folds see it."""
    rows = Entry.objects.filter(action="councils.step").order_by("number")
    return [
        Told(row.number, DONE, row.action, row.subject, json.loads(row.payload)) for row in rows
    ]


def added(given: Iterator[Contribution] | Sequence[Contribution]) -> Counter[tuple[object, ...]]:
    """What contributions add up to, nothing left out."""
    found: Counter[tuple[object, ...]] = Counter()
    for each in given:
        found[(each.measure, each.on, *sorted(each.cells.items()))] += each.amount
    return +found


def test_entries_told_one_by_one_or_all_together_add_up_to_the_same(year: Council) -> None:
    entries = told()
    together = added(figures.run(entries))
    one_by_one = added([each for entry in entries for each in figures.run([entry])])
    assert together == one_by_one
    assert sum(n for key, n in together.items() if key[0] == figures.GIVEN) == 5


def measured(measure: str, by: str = "", value: str = "") -> int:
    totals = added(figures.run(told()))
    wanted = (by, value) if by else None
    return sum(n for key, n in totals.items() if key[0] == measure and (not by or wanted in key))


VALUES = {"body": (AKIMAT, POLICE, SCHOOL), "district": (TARAZ,), "council": ("",)}


@pytest.mark.parametrize("figure", figures.FIGURES, ids=lambda figure: figure.code)
def test_every_number_is_the_length_of_the_public_list_that_it_opens(
    year: Council, client: Client, figure: Figure
) -> None:
    council = year.code
    slices = [("", ""), ("council", council)]
    slices += [(by, value) for by, values in VALUES.items() for value in values]
    for by, value in slices:
        wanted = Slice(None if isinstance(figure.kind, Live) else MAY, by, value)
        assert figure.records is not None
        assert count(client, figure.records(Nobody(), wanted)) == whole(figure, by, value)
        if isinstance(figure.kind, Share) and figure.counted is not None:
            part = count(client, figure.counted(Nobody(), wanted))
            assert part == measured(figure.kind.part, by, value)


def whole(figure: Figure, by: str, value: str) -> int:
    if isinstance(figure.kind, Live):
        return figure.kind.count(date(2026, 7, 1), by).get(value, 0)
    measure = getattr(figure.kind, "whole", "") or getattr(figure.kind, "measure", "")
    return measured(measure, by, value)


def count(client: Client, address: str | None) -> int:
    page = client.get(address or "").content.decode()
    return len(re.findall(r'href="/promises/([\d.-]+)/"', page))


def test_the_shares_of_this_year(year: Council) -> None:
    assert measured(figures.ENDED) == 3
    assert measured(figures.IN_TIME) == 2
    assert (measured(figures.ANSWERED), measured(figures.ACCEPTED)) == (3, 2)
    assert (measured(figures.EXECUTED), measured(figures.CHECKED)) == (1, 0)


def test_all_of_them_are_of_public_records_and_published_by_body_district_and_council() -> None:
    for figure in figures.FIGURES:
        assert figure.has_public_records
        assert {each.code for each in figure.dimensions} == {"body", "district", "council"}


def test_the_data_set_has_a_row_of_every_public_recommendation_and_no_person(
    year: Council, client: Client
) -> None:
    rows = list(datasets.rows({}))
    numbers = [row[0] for row in rows]
    assert numbers == list(
        Recommendation.objects.exclude(state="written")
        .order_by("pk")
        .values_list("number", flat=True)
    )
    assert all(len(row) == len(datasets.FIELDS) for row in rows)
    assert {row[0] for row in datasets.rows({"body": POLICE})} == {"2026-3.1", "2026-5.1"}
    for field, place in zip(datasets.FIELDS, range(len(datasets.FIELDS)), strict=True):
        if field.is_required:
            assert all(row[place] not in (None, "") for row in rows), field.name
    answer = client.get(reverse("data_recommendations_csv"))
    assert answer.status_code == 200
    assert b"2026-3.1" in answer.content
    assert b"lawyer-1" not in answer.content


def test_whoever_keeps_the_data_set_is_told_when_it_has_changed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conditional.shelf, "trusted", 0.0)
    received()
    address = reverse("data_recommendations_json")
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    accepted()
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_the_account_lists_what_was_sent_in_its_period(year: Council) -> None:
    with on_day(date(2026, 7, 1)):
        rows = list(annexes.recommendations(MAY))
    assert [row[0] for row in rows][:2] == ["2026-1.1", "2026-2.1"]
    assert len(rows) == 5
    assert all(len(row) == len(annexes.RECOMMENDATIONS.columns) for row in rows)
    assert not list(annexes.recommendations(Period(date(2026, 1, 1), date(2026, 5, 1))))

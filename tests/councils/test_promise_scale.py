"""The register is never read whole: a page walks an index, and stops after its window."""

from datetime import date, timedelta

import pytest
from django.db import connection

from baqylau.councils.models import Council, Recommendation
from baqylau.councils.queries import register
from baqylau.councils.queries.register import Wanted
from baqylau.institutions.models import Institution
from tests.councils.making import AKIMAT, POLICE, TARAZ
from tests.plans import analyse, reading_by_index, steps_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
TODAY = date(2026, 7, 1)
FIRST = date(2020, 1, 1)
ASKED = (
    Wanted(),
    Wanted(body=POLICE),
    Wanted(district=TARAZ, state="disputed"),
    Wanted(state="sent", overdue=True),
    Wanted(overdue=True, body=POLICE),
    Wanted(stand="confirmed"),
    Wanted(first=date(2020, 2, 1), until=date(2020, 6, 1)),
)


def write(many: int, first: int = 0) -> None:
    """So many sent ones; hardly any is what the narrow questions want."""
    body = Institution.objects.get(code=AKIMAT)
    Recommendation.objects.bulk_create(
        Recommendation(
            number=f"B-{place}",
            text_kk="Ұсыным",
            institution=body,
            territory_id=TARAZ,
            origin="control",
            written_on=FIRST + timedelta(days=place % 400),
            steps=1,
            state="sent",
            due_on=TODAY + timedelta(days=5),
        )
        for place in range(first, first + many)
    )


@pytest.mark.parametrize("wanted", ASKED, ids=str)
def test_every_way_into_the_register_goes_by_an_index(
    wanted: Wanted, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A window as small beside its table as it is on a site with many.
    monkeypatch.setattr(register, "WINDOW", 20)
    monkeypatch.setattr(register, "PAGE", 10)
    write(1_500)
    analyse()
    with reading_by_index("councils_recommendation"):
        register.page(wanted, TODAY)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="counts the steps of SQLite's machine")
@pytest.mark.parametrize("wanted", ASKED, ids=str)
def test_a_page_takes_the_same_steps_at_five_times_as_many(
    wanted: Wanted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "WINDOW", 100)
    write(400)
    few = steps_of(lambda: register.page(wanted, TODAY))
    write(1_600, 400)
    many = steps_of(lambda: register.page(wanted, TODAY))
    assert many <= 1.5 * few + 5


def test_what_no_index_knows_is_looked_for_in_a_window_and_the_page_says_so(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "WINDOW", 100)
    write(250)
    oldest = Recommendation.objects.order_by("written_on", "pk").first()
    assert oldest is not None
    Recommendation.objects.filter(pk=oldest.pk).update(found="confirmed")
    wanted, found, pages = Wanted(stand="confirmed"), list[int](), 0
    page = register.page(wanted, TODAY)
    while True:
        pages += 1
        found += [row.pk for row in page.rows]
        if page.next is None:
            break
        assert page.is_cut
        page = register.page(wanted, TODAY, page.next)
    assert found == [oldest.pk]
    assert pages == 3

"""A district and an office: their own numbers, else four quarters, else the group, else why not."""

import re

import pytest
from django.db import transaction
from django.test import Client

from baqylau.accountability.queries.districts import WIDE
from baqylau.accountability.queries.places import Shown, about
from baqylau.figures.models import Cell, Closing
from baqylau.figures.queries.closing import to_publish
from baqylau.figures.rules.results import Rounded, Why, Withheld
from baqylau.institutions import services as institutions
from baqylau.institutions.models import Institution
from baqylau.kernel.access import SYSTEM
from tests.accountability.making import OTHER, of, put
from tests.accountability.test_numbers import text_of
from tests.casework.making import POLICE, SCHOOL, TARAZ

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
OFFICE = f"/en/institutions/{POLICE}/"
GROUP = f"police:{TARAZ}"


@pytest.fixture
def bare(closed: Closing) -> Closing:
    """A closed quarter in which nothing is told of bodies yet."""
    Cell.objects.filter(closing=closed, dimension__in=("body", "body_group")).delete()
    return closed


def test_an_office_shows_its_quarter(client: Client, bare: Closing) -> None:
    put(bare, "casework.opened", Rounded(25), "body", POLICE)
    found = about("body", POLICE)
    assert found.shown is Shown.ITSELF
    assert [line.figure.code for line in found.lines] == ["casework.opened"]
    page = text_of(client.get(OFFICE).text)
    assert "Quarter 2 of 2026: Cases opened – about 25." in page
    assert "four quarters together" not in page


def test_an_office_too_small_for_a_quarter_shows_four(client: Client, bare: Closing) -> None:
    put(bare, "casework.closed", Rounded(40), "body", POLICE, window="four")
    put(bare, "casework.solved", of(25, 40), "body", POLICE, window="four")
    page = text_of(client.get(OFFICE).text)
    assert "Cases closed – about 40, of them solved about 25." in page
    assert "four quarters together" in page
    assert "62 % n = 40 · 47–76 %" in page


def test_what_is_missing_in_one_window_says_so_in_its_place(client: Client, bare: Closing) -> None:
    put(bare, "casework.opened", Rounded(10), "body", POLICE)
    put(bare, "casework.opened", Rounded(40), "body", POLICE, window="four")
    put(bare, "casework.closed", Rounded(30), "body", POLICE, window="four")
    page = text_of(client.get(OFFICE).text)
    assert "Cases closed, by outcome not shown alone about 30" in page
    assert "Not shown here, so that nobody" in page
    assert "Share of cases solved" in page


def test_an_office_without_numbers_shows_its_group(client: Client, bare: Closing) -> None:
    put(bare, "casework.opened", Rounded(35), "body_group", GROUP)
    found = about("body", POLICE)
    assert found.shown is Shown.GROUP
    page = text_of(client.get(OFFICE).text)
    assert "all such offices together: police, Taraz city." in page
    assert "Cases opened – about 35" in page


def test_the_group_of_another_kind_is_not_shown(client: Client, bare: Closing) -> None:
    put(bare, "casework.opened", Rounded(35), "body_group", f"school:{TARAZ}")
    assert about("body", POLICE).shown is Shown.NOTHING
    page = text_of(client.get(OFFICE).text)
    assert page.count("Nothing to say yet") == 1
    assert "about 35" not in page


def test_a_hidden_group_alone_is_one_sentence(bare: Closing) -> None:
    put(bare, "casework.opened", Withheld(Why.SMALL), "body_group", GROUP)
    assert about("body", POLICE).shown is Shown.NOTHING


def test_a_share_stands_in_the_funnel_of_its_own_window(client: Client, bare: Closing) -> None:
    put(bare, "casework.solved", of(300, 1_000, is_rounded=False))
    put(bare, "casework.solved", of(60, 60), "body", POLICE, window="four")
    put(bare, "casework.solved", of(20, 60), "body", SCHOOL, window="four")
    above = text_of(client.get(OFFICE).text)
    assert "Share of cases solved: above what chance allows" in above
    assert "In all: 30 %." in above
    within = text_of(client.get(f"/en/institutions/{SCHOOL}/").text)
    assert "Share of cases solved: within what chance allows" in within
    assert "This is no ranking" in within


def test_no_place_is_compared_where_the_whole_is_withheld(client: Client, bare: Closing) -> None:
    put(bare, "casework.solved", Withheld(Why.SMALL))
    put(bare, "casework.solved", of(60, 60), "body", POLICE, window="four")
    assert "what chance allows" not in text_of(client.get(OFFICE).text)


def test_a_district_shows_its_numbers(client: Client, closed: Closing) -> None:
    put(closed, "casework.opened", Rounded(40), "district", TARAZ)
    page = text_of(client.get(f"/en/districts/{TARAZ}/").text)
    assert "Quarter 2 of 2026: Cases opened – about 40." in page


def test_the_map_shows_a_dash_where_a_district_is_hidden(client: Client, closed: Closing) -> None:
    put(closed, "casework.opened", Rounded(40), "district", TARAZ)
    page = client.get("/en/numbers/districts/").text
    assert re.search(r'aria-label="Taraz city: about 40"', page)
    assert page.count("not shown alone") > 10


def test_the_table_of_districts_has_few_columns_and_leads_to_every_other_number(
    client: Client, closed: Closing
) -> None:
    figures = [each for each in to_publish() if "district" in (each.published or ())][:8]
    Cell.objects.filter(closing=closed, dimension="district").delete()
    for number, figure in enumerate(figures):
        for place in ("311000000", "313600000")[: 1 + number % 2]:
            put(closed, figure.code, Rounded(40), "district", place)
    answer = client.get("/en/numbers/districts/")
    page = answer.text
    assert len(answer.context["found"].columns) == WIDE
    for figure in figures:
        alone = f"/en/numbers/{figure.code}/2026-Q2/"
        assert (f'"{alone}"' in page) is not (f'"{alone}district/"' in page), figure.code
        assert client.get(f"{alone}district/").status_code == 200
    two = [figure.code for number, figure in enumerate(figures) if number % 2]
    assert all(f'"/en/numbers/{code}/2026-Q2/"' in page for code in two)


def test_no_share_stands_on_a_tile_without_its_n(client: Client, closed: Closing) -> None:
    Cell.objects.filter(closing=closed, dimension="district").delete()
    put(closed, "casework.solved", of(25, 40), "district", TARAZ, window="four")
    for address in ("/en/numbers/districts/", "/en/numbers/casework.solved/2026-Q2/"):
        page = client.get(address).text
        assert 'class="tiles"' not in page
        assert "62 %" in page
        assert "47–76 %" in text_of(page)
        assert re.search(r"n = 40|>40<", page)


def test_the_list_of_offices_is_by_alphabet_and_can_be_searched(
    client: Client, bare: Closing
) -> None:
    put(bare, "casework.opened", Rounded(10), "body", SCHOOL)
    put(bare, "casework.opened", Rounded(90), "body", POLICE)
    put(bare, "casework.opened", Withheld(Why.SMALL), "body", "*", together=3)
    page = client.get("/numbers/offices/").text
    assert page.index("№ 905") < page.index("Полиция")
    assert "Тараз қаласының әкімдігі" not in page
    assert "№ 905" not in client.get("/numbers/offices/?q=полиция").text
    assert "Полиция" not in client.get("/numbers/offices/?kind=school").text
    assert "№ 905" in client.get(f"/numbers/offices/?district={TARAZ}&kind=school").text
    assert "№ 905" in client.get("/numbers/offices/?kind=nothing&district=x").text
    assert "сәйкес келмейді" in client.get("/numbers/offices/?q=жоқжоқ").text


def test_an_office_that_has_ended_keeps_its_numbers(client: Client, bare: Closing) -> None:
    fields = {"name_kk": "Ескі бөлім", "kind": "state_body", "ownership": "state"}
    old = Institution(code=OTHER, until_on=bare.first_on, first_on=None)
    with transaction.atomic():
        institutions.write_institution(old, SYSTEM, {**fields, "district_id": TARAZ})
    put(bare, "casework.opened", Rounded(15), "body", OTHER)
    assert "Ескі бөлім" in client.get("/numbers/offices/").text
    assert "шамамен 15" in text_of(client.get(f"/institutions/{OTHER}/").text)

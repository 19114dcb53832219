"""The comments of all drafts: every page costs the same, and together they are all there is."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from baqylau.councils.models import Comment, CommentState, Draft
from baqylau.councils.queries import comments
from tests.councils.discussing import OPENS, discussed, first_point
from tests.councils.making import AKIMAT
from tests.plans import analyse, reading_by_index

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
ADDRESS = "/drafts/comments/"


def make(row: Draft, number: int, **fields: object) -> list[str]:
    """So many published comments, three a day; their codes in the order of the page."""
    point = first_point(row)
    made = [
        Comment(
            code=f"{at:08d}",
            point=point,
            key=f"{at:064d}",
            channel="site",
            language="kk",
            text=f"Пікір {at}",
            written_on=OPENS + timedelta(days=at // 3),
            state=CommentState.PUBLISHED,
            **fields,
        )
        for at in range(number)
    ]
    return [each.code for each in Comment.objects.bulk_create(made)]


def walk(client: Client, address: str) -> list[list[str]]:
    """The codes on each page, from the first to the last."""
    pages, further = [], address
    while further:
        page = client.get(further).text
        pages.append(re.findall(r'id="c(\w+)"', page))
        found = re.search(r'rel="next" href="([^"]*)"', page)
        further = ADDRESS + found[1].replace("&amp;", "&") if found else ""
    return pages


def test_page_by_page_everybody_reads_each_comment_once(client: Client) -> None:
    codes = make(discussed(), 40)
    pages = walk(client, ADDRESS)
    assert [code for page in pages for code in page] == codes
    assert {len(page) for page in pages[:-1]} == {12}


def test_what_is_long_makes_a_page_shorter_and_never_empty(client: Client) -> None:
    codes = make(discussed(), 6)
    Comment.objects.filter(code__in=codes[1:3]).update(text="ы" * 5_000)
    assert walk(client, ADDRESS) == [codes[:1], [codes[1]], [codes[2]], codes[3:]]


def test_days_and_bodies_and_answers_narrow_the_walk(client: Client) -> None:
    codes = make(discussed(), 12)
    Comment.objects.filter(code=codes[5]).update(
        answer="accepted", answer_kk="Иә", answered_on=OPENS
    )
    span = f"?from={OPENS + timedelta(days=1)}&until={OPENS + timedelta(days=2)}"
    assert walk(client, ADDRESS + span) == [codes[3:6]]
    assert walk(client, ADDRESS + "?stand=answered") == [[codes[5]]]
    assert walk(client, ADDRESS + "?stand=accepted") == [[codes[5]]]
    assert walk(client, f"{ADDRESS}?body={AKIMAT}") == [codes]
    assert walk(client, ADDRESS + "?body=nobody") == [[]]
    assert "Басына" in client.get(ADDRESS + "?after=2030-01-01~1").text


def test_what_is_rare_is_looked_for_a_window_at_a_time(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comments, "WINDOW", 10)
    codes = make(discussed(), 25)
    for code in (codes[9], codes[10], codes[24]):
        Comment.objects.filter(code=code).update(
            answer="refused", answer_kk="Жоқ", answered_on=OPENS
        )
    assert walk(client, ADDRESS + "?stand=answered") == [[codes[9]], [codes[10]], [codes[24]]]


@pytest.mark.parametrize("query", ["", "?stand=answered"])
def test_a_page_asks_as_often_for_many_as_for_few(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, query: str
) -> None:
    row = discussed()
    client.get(ADDRESS + query)
    for number in (3, 300):
        Comment.objects.all().delete()
        make(row, number)
        with django_assert_num_queries(2 if query else 1):
            client.get(ADDRESS + query)


def test_a_page_is_read_through_the_index() -> None:
    make(discussed(), 5_000)
    analyse()
    with reading_by_index("councils_comment"):
        comments.published_all(comments.Wanted(first=date(2026, 7, 10)))
        comments.published_all(comments.Wanted(stand="accepted"))


def test_no_comment_is_said_in_words(client: Client) -> None:
    assert "жарияланған жоқ" in client.get(ADDRESS).text

"""What residents say about a point: without a name, once however often it is sent, never lost."""

import gzip
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from baqylau.councils.models import Comment, CommentState, Draft, Sending, Tally
from baqylau.councils.rules.saying import LONGEST
from baqylau.councils.services import admitting
from baqylau.councils.services.commenting import Said, Taken, drop_sendings, say
from baqylau.councils.services.typing_in import Paper, type_paper
from baqylau.journal.models import Entry
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError, NotAllowedError, RefusalsError
from baqylau.web import strangers
from baqylau.web.networks import LOCAL
from tests.cast import Cast
from tests.councils import discussing
from tests.councils.discussing import (
    FROM_US,
    LAST,
    OPENS,
    discussed,
    first_point,
    key,
    on,
    published,
    sent,
)
from tests.councils.making import SECRETARY

pytestmark = pytest.mark.django_db
TEXT = "Жарық түні бойы жансын: кешкі ауысымнан қайтамыз."
PHONE = "Маған +7 701 123 45 67 нөміріне хабарласыңыз."


@pytest.fixture
def row(house: None) -> Iterator[Draft]:
    """A draft on the first day of its discussion."""
    made = discussed()
    with on(OPENS):
        yield made


def opinions() -> dict[str, int]:
    """Counts by opinion, all channels."""
    return {each.stance: each.count for each in Tally.objects.all()}


# ── Once ────────────────────────────────────────────────────────────────────────────────────────


def test_an_opinion_and_a_comment_go_together_without_a_trace_of_the_person(
    row: Draft, client: Client
) -> None:
    answer = sent(client, row, stance="agree", text=TEXT)
    made = Comment.objects.get()
    assert made.code in answer.content.decode()
    assert (made.text, made.state, made.language) == (TEXT, CommentState.WAITING, "kk")
    assert opinions() == {"agree": 1}
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"
    entry = Entry.objects.latest("number")
    assert (entry.action, entry.actor) == ("councils.said", "")
    assert "agree" not in entry.payload
    assert TEXT[:8] not in entry.payload


def test_the_same_form_sent_again_counts_once(row: Draft, client: Client) -> None:
    fields = {"key": key(), "stance": "disagree", "text": TEXT}
    first, again = sent(client, row, 1, **fields), sent(client, row, 1, **fields)
    assert Comment.objects.count() == 1
    assert opinions() == {"disagree": 1}
    assert Comment.objects.get().code in again.content.decode()
    assert "бір рет қана есептеледі" in again.content.decode()
    assert "бір рет қана есептеледі" not in first.content.decode()


def test_whoever_goes_back_and_writes_on_sends_another_comment_and_one_opinion(
    row: Draft, client: Client
) -> None:
    own = key()
    sent(client, row, key=own, stance="agree", text=TEXT)
    sent(client, row, key=own, stance="agree", text=f"{TEXT} Тағы бір ой.")
    assert Comment.objects.count() == 2
    assert opinions() == {"agree": 1}


def test_one_page_holds_a_key_for_each_of_its_points(row: Draft, client: Client) -> None:
    own = key()
    sent(client, row, 1, key=own, stance="agree")
    sent(client, row, 2, key=own, stance="agree")
    assert [each.count for each in Tally.objects.all()] == [1, 1]


def test_the_page_may_be_gone_back_to(row: Draft, client: Client) -> None:
    for address in (f"/drafts/{row.code}/", f"/drafts/{row.code}/1/"):
        assert client.get(address).headers["Cache-Control"] == "private, no-cache"


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_at_the_same_moment_counts_once(row: Draft) -> None:
    point, barrier = first_point(row), Barrier(6)
    said = Said(key(), "agree", TEXT, "kk")

    def send(_number: int) -> Taken:
        try:
            barrier.wait(20)
            with on(OPENS):
                return say(point=point, said=said, network=LOCAL)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        taken = list(pool.map(send, range(6)))
    assert len({each.comment and each.comment.code for each in taken}) == 1
    assert sorted(each.is_again for each in taken) == [False, *[True] * 5]
    assert (Comment.objects.count(), opinions()) == (1, {"agree": 1})


def test_keys_of_old_forms_are_forgotten_and_comments_stay(row: Draft) -> None:
    discussing.say(row, TEXT, "agree")
    with on(OPENS + timedelta(days=2)):
        assert drop_sendings().startswith("0")
    with on(OPENS + timedelta(days=3)):
        assert drop_sendings().startswith("1")
    assert (Sending.objects.count(), Comment.objects.count()) == (0, 1)


# ── What is refused, and comes back ─────────────────────────────────────────────────────────────


def test_a_hundred_thousand_signs_come_back_whole(row: Draft, client: Client) -> None:
    long = "ұзақ сөз " * 11_112
    answer = sent(client, row, text=long)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert long.strip() in page
    assert str(LONGEST) in page
    assert not Comment.objects.exists()


def test_a_telephone_is_warned_of_once_and_then_marked(row: Draft, client: Client) -> None:
    first = sent(client, row, text=PHONE)
    assert first.status_code == 400
    assert PHONE in first.content.decode()
    assert 'name="warned" value="1"' in first.content.decode()
    sent(client, row, text=PHONE, warned="1")
    assert Comment.objects.get().mark == "personal"


def test_many_links_wait_with_a_mark(row: Draft, client: Client) -> None:
    sent(client, row, text="a.kz b.kz c.kz")
    assert (Comment.objects.get().mark, Comment.objects.get().state) == ("links", "waiting")


def test_an_empty_form_says_what_is_missing(row: Draft, client: Client) -> None:
    answer = sent(client, row, text=" \n ")
    assert answer.status_code == 400
    assert "Бұл тармақ туралы ойыңызды таңдаңыз" in answer.content.decode()


@pytest.mark.parametrize("fields", [{"stance": "maybe"}, {"key": "x", "stance": "agree"}])
def test_a_form_that_is_not_ours_inside_is_not_taken(
    row: Draft, client: Client, fields: dict[str, str]
) -> None:
    assert sent(client, row, 1, **fields).status_code == 400
    assert not Tally.objects.exists()


def test_a_form_of_another_site_or_too_old_is_refused(row: Draft, client: Client) -> None:
    data = {"key": key(), "text": TEXT, "token": strangers.token("councils.say")}
    address = f"/drafts/{row.code}/1/"
    foreign = client.post(address, data, headers={"Origin": "https://example.kz"})
    assert foreign.status_code == 403
    with on(OPENS + timedelta(days=1)):
        old = client.post(address, data, headers=FROM_US)
    assert old.status_code == 400
    assert TEXT in old.content.decode()
    assert not Comment.objects.exists()


def test_before_and_after_nothing_is_taken_and_the_text_comes_back(
    row: Draft, client: Client
) -> None:
    for day in (OPENS - timedelta(days=1), LAST + timedelta(days=1)):
        with on(day):
            answer = sent(client, row, text=TEXT)
        assert answer.status_code == 400
        assert TEXT in answer.content.decode()
    assert not Comment.objects.exists()


def test_an_unpublished_draft_is_nowhere(house: None, client: Client) -> None:
    made = discussing.written()
    for address in ("", "1/", "1/comments/", "report/", "points.csv"):
        assert client.get(f"/drafts/{made.code}/{address}").status_code == 404
    assert made.code not in client.get("/drafts/").content.decode()


# ── A thousand in an hour ───────────────────────────────────────────────────────────────────────


def test_a_thousand_from_one_place_get_clear_words_and_others_are_not_hindered(row: Draft) -> None:
    point = first_point(row)
    taken = 0
    for _each in range(1_000):
        try:
            admitting.admit_comment(network="a flood")
            taken += 1
        except admitting.ManyError as error:
            last = error
    assert taken == admitting.ONE_BURST
    assert "Бір сағаттан кейін" in last.message
    said = Said(key(), "", TEXT, "kk")
    assert say(point=point, said=said, network="a neighbour").comment


def test_whoever_is_refused_for_the_flood_gets_the_text_back(
    row: Draft, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = key()
    sent(client, row, key=own, text="Бірінші пікір")
    monkeypatch.setattr(admitting, "LOCAL", "nobody")
    monkeypatch.setattr(admitting, "ONE_BURST", 0.0)
    admitting.forget()
    answer = sent(client, row, text=TEXT)
    assert answer.status_code == 429
    assert TEXT in answer.content.decode()
    assert "Сіздікі жоғалған жоқ" in answer.content.decode()
    # What had come already is not refused when it comes again.
    assert sent(client, row, key=own, text="Бірінші пікір").status_code == 200


def test_presses_have_a_budget_of_their_own(row: Draft) -> None:
    for _each in range(int(admitting.STANCES_BURST)):
        admitting.admit_stance(network="a flood")
    with pytest.raises(admitting.ManyError):
        admitting.admit_stance(network="a flood")
    admitting.admit_comment(network="a flood")
    admitting.admit_stance(network="a neighbour")
    with on(OPENS + timedelta(days=1)):
        admitting.admit_stance(network="a flood")


# ── What the public sees ────────────────────────────────────────────────────────────────────────


def test_nothing_is_published_before_a_person_has_read_it(row: Draft, client: Client) -> None:
    discussing.say(row, "Әлі оқылмаған сөз")
    address = f"/drafts/{row.code}/1/comments/"
    assert "Әлі оқылмаған" not in client.get(address).content.decode()
    published(row, "Оқылған сөз")
    assert "Оқылған сөз" in client.get(address).content.decode()


def test_opinions_are_shown_after_the_last_day_and_only_in_tens(row: Draft, client: Client) -> None:
    for _each in range(13):
        discussing.say(row, stance="agree")
    discussing.say(row, stance="disagree")
    address = f"/drafts/{row.code}/"
    assert "келісемін: " not in client.get(address).content.decode()
    with on(LAST + timedelta(days=1)):
        page = client.get(address).content.decode()
    assert "келісемін: 15" in page
    assert "келіспеймін: 10-нан аз" in page


def test_a_code_tells_its_author_what_became_of_it_and_no_text_before(
    row: Draft, client: Client
) -> None:
    made = discussing.say(row, TEXT).comment
    assert made

    def ask(code: str) -> str:
        data = {"token": strangers.token("councils.comment"), "code": code}
        return client.post("/drafts/comment/", data, headers=FROM_US).content.decode()

    assert "Оқылуын күтіп тұр" in ask(f" {made.code.upper()} ")
    assert TEXT not in ask(made.code)
    assert "Мұндай кодпен пікір жоқ" in ask("00000000")


def test_a_long_draft_stands_on_light_pages(house: None, client: Client) -> None:
    words = "қалалық саябақтағы жарықтандыру жүйесінің тәртібі туралы тармақ нөмірі"
    text = "\n\n".join(f"{at}. {words} {at * 7919 % 1000} " * 12 for at in range(1, 61))
    row = discussed(text, "")
    with on(OPENS):
        first = client.get(f"/drafts/{row.code}/")
        last = client.get(f"/drafts/{row.code}/?page=99").content.decode()
    assert len(gzip.compress(first.content)) < 8_000
    assert 'id="p1"' in first.content.decode()
    assert 'id="p60"' in last
    assert 'id="p1"' not in last


def test_the_number_of_questions_does_not_grow_with_the_points(
    house: None, client: Client, django_assert_max_num_queries: object
) -> None:
    short = discussed()
    long = discussed("\n\n".join(f"{at}. тармақ" for at in range(1, 12)), "")
    with on(OPENS):
        client.get(f"/drafts/{short.code}/")
        for row in (short, long):
            with django_assert_max_num_queries(6):  # type: ignore[operator]  # a fixture
                client.get(f"/drafts/{row.code}/")


# ── On paper ────────────────────────────────────────────────────────────────────────────────────


def test_paper_counts_as_the_site_does_and_once(row: Draft) -> None:
    paper = Paper(key(), "paper", OPENS, text=TEXT, counts={"agree": 14, "disagree": 3, "pass": 0})
    first = type_paper(actor=SECRETARY, point=first_point(row), paper=paper)
    again = type_paper(actor=SECRETARY, point=first_point(row), paper=paper)
    assert first
    assert first == again
    assert (first.channel, first.state) == ("paper", CommentState.WAITING)
    assert opinions() == {"agree": 14, "disagree": 3}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"written_on": OPENS - timedelta(days=1)}, "term"),
        ({"written_on": LAST}, "future"),
        ({"text": "", "counts": {}}, "empty"),
        ({"text": "а" * (LONGEST + 1)}, "long"),
        ({"counts": {"agree": -3}}, "number"),
        ({"counts": {"agree": 10_001}}, "number"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused(
    row: Draft, changes: dict[str, object], code: str
) -> None:
    fields: dict[str, object] = {"key": key(), "channel": "paper", "written_on": OPENS, **changes}
    paper = Paper(**{"text": TEXT, **fields})  # type: ignore[arg-type]  # fields by name
    with pytest.raises(RefusalsError) as error:
        type_paper(actor=SECRETARY, point=first_point(row), paper=paper)
    assert code in {each.code for each in error.value.refusals}
    assert not Comment.objects.exists()
    assert not Tally.objects.exists()


def test_paper_is_typed_by_those_who_may_and_also_after_the_last_day(row: Draft) -> None:
    paper = Paper(key(), "meeting", LAST, text=TEXT)
    adviser = Actor("a", frozenset({"adviser"}))
    with on(LAST + timedelta(days=3)):
        with pytest.raises(NotAllowedError):
            type_paper(actor=adviser, point=first_point(row), paper=paper)
        assert type_paper(actor=SECRETARY, point=first_point(row), paper=paper)


def test_the_desk_gives_the_code_of_a_typed_comment(row: Draft, cast: Cast) -> None:
    data = {"point": "2", "channel": "paper", "written_on": "2026-07-06", "language": "kk"}
    answer = cast.secretary.client.post(
        f"/desk/drafts/{row.code}/paper/",
        {**data, "text": TEXT, "agree": "12", "disagree": "", "passed": "0", "key": key()},
        follow=True,
    )
    assert Comment.objects.get().code in answer.content.decode()
    assert Tally.objects.get().count == 12


def test_a_refusal_is_a_domain_error_with_a_sentence(row: Draft) -> None:
    said = Said(key(), "", PHONE, "kk")
    with pytest.raises(DomainError) as error:
        say(point=first_point(row), said=said, network=LOCAL)
    assert error.value.field == "text"

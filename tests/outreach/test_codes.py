"""The five-question test: paper tallies, one-time codes, and what is said of the result."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError, RefusalsError
from baqylau.outreach import datasets
from baqylau.outreach.models import Event, OneTimeCode, Question, Quiz, Score, Sitting
from baqylau.outreach.queries.quizzes import tallies_of
from baqylau.outreach.queries.results import by_event, of_campaign, of_event
from baqylau.outreach.rules import testing
from baqylau.outreach.rules.testing import FEWEST, new_code, read_code, result, score
from baqylau.outreach.services import codes, quizzes
from baqylau.outreach.services.quizzes import Asked
from baqylau.territories import services as territories
from baqylau.web import strangers
from tests.cast import Cast
from tests.outreach.reached import change, hold, make_body, make_campaign

NOON = datetime(2026, 5, 14, 7, tzinfo=UTC)
BOSS = Actor("boss", frozenset({"coordinator"}))
RIGHT = (0, 1, 2, 0, 1)
SHEETS = st.lists(st.integers(0, 40), min_size=6, max_size=6)


def questions(right: tuple[int, ...] = RIGHT) -> list[Asked]:
    """Five questions with three answers each."""
    return [
        Asked(
            {"kk": f"Сұрақ {number}?", "ru": f"Вопрос {number}?", "en": ""},
            {"kk": ["бір", "екі", "үш"], "ru": ["один", "два", "три"], "en": []},
            place,
        )
        for number, place in enumerate(right, 1)
    ]


@pytest.fixture
def at_noon() -> Iterator[None]:
    """The day of the event."""
    with clock.frozen(NOON):
        yield


@pytest.fixture
def quiz(db: None) -> Quiz:
    territories.seed()
    return quizzes.write_quiz(actor=BOSS, titles={"kk": "Пара туралы"}, questions=questions())


@pytest.fixture
def event(quiz: Quiz, at_noon: None) -> Event:
    """An event with the test, today."""
    hold(make_body("№ 901 мектеп"), campaign=make_campaign())
    found = Event.objects.get()
    quizzes.give(actor=BOSS, event=found, quiz=quiz)
    return found


@pytest.fixture(autouse=True)
def _no_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test's guesses are its own."""
    monkeypatch.setattr(codes, "guesses", codes.Guesses())


def printed(event: Event, moment: str = "before", number: int = 1) -> list[str]:
    found = codes.print_codes(actor=BOSS, event=event, moment=moment, number=number)
    return [read_code(code) for code in found]


@pytest.mark.parametrize("code", ["ABCD-EFGH", "2345-6789", "WXYZ-2A2B", new_code()], ids=range(4))
def test_a_code_is_read_back_however_it_is_typed(code: str) -> None:
    signs = code.replace("-", "")
    assert len(signs) * 5 >= 40
    for typed in (code, code.lower(), f" {signs} ", f"{signs[:4]} {signs[4:]}"):
        assert read_code(typed) == signs


def test_letters_of_another_keyboard_are_understood() -> None:
    assert read_code("АВЕК-МНРС") == "ABEKMHPC"


@given(text=st.text(max_size=60))
def test_any_text_is_a_code_or_none(text: str) -> None:
    found = read_code(text)
    assert found == "" or (len(found) == 8 and set(found) <= set(testing.ALPHABET))


@given(before=SHEETS, after=SHEETS)
def test_few_sheets_give_no_result_and_many_give_an_honest_one(
    before: list[int], after: list[int]
) -> None:
    found = result(dict(enumerate(before)), dict(enumerate(after)))
    if min(sum(before), sum(after)) < FEWEST:
        assert found.is_few
        assert (found.mean_before, found.mean_after, found.change) == (None, None, None)
    else:
        assert found.mean_before is not None
        assert found.mean_after is not None
        assert 0 <= found.mean_before <= 5
        if found.change:
            assert found.change.value == pytest.approx(found.mean_after - found.mean_before)


@given(chosen=st.lists(st.none() | st.integers(0, 5), min_size=5, max_size=5))
def test_what_is_left_open_is_not_right(chosen: list[int | None]) -> None:
    assert score(chosen, RIGHT) <= sum(each is not None for each in chosen)


def test_a_test_has_five_questions_and_is_refused_with_every_fault_at_its_place(db: None) -> None:
    with pytest.raises(DomainError):
        quizzes.write_quiz(actor=BOSS, titles={"kk": "Т"}, questions=questions()[:4])
    wrong = [
        Asked({"kk": ""}, {"kk": ["жалғыз"]}, 0),
        Asked({"kk": "?"}, {"kk": ["а", "ә"], "ru": ["а"]}, 0),
        Asked({"kk": "?"}, {"kk": ["а", "ә"]}, 2),
        Asked({"kk": "?"}, {"kk": ["а" * 201, "ә"]}, 1),
        *questions()[:1],
    ]
    with pytest.raises(RefusalsError) as caught:
        quizzes.write_quiz(actor=BOSS, titles={"kk": " "}, questions=wrong)
    assert {each.field for each in caught.value.refusals} == {
        *("title_kk", "text_kk_1", "choices_kk_1", "choices_ru_2", "right_3", "choices_kk_4")
    }
    assert not Quiz.objects.exists()


def test_a_test_is_changed_until_an_event_has_it(quiz: Quiz, at_noon: None) -> None:
    quizzes.write_quiz(
        actor=BOSS, titles={"kk": "Басқа"}, questions=questions((1, 1, 1, 1, 1)), quiz=quiz
    )
    assert set(Question.objects.values_list("right", flat=True)) == {1}
    hold(make_body("№ 901 мектеп"))
    quizzes.give(actor=BOSS, event=Event.objects.get(), quiz=quiz)
    with pytest.raises(ConflictError):
        quizzes.write_quiz(actor=BOSS, titles={"kk": "Т"}, questions=questions(), quiz=quiz)


def test_another_test_may_be_chosen_until_codes_or_sheets_are_there(event: Event) -> None:
    other = quizzes.write_quiz(actor=BOSS, titles={"kk": "Екінші"}, questions=questions())
    quizzes.give(actor=BOSS, event=event, quiz=other)
    assert Sitting.objects.get().quiz == other
    printed(event)
    with pytest.raises(ConflictError):
        quizzes.give(actor=BOSS, event=event, quiz=Quiz.objects.exclude(pk=other.pk).get())


def test_a_test_that_is_no_longer_given_is_refused(quiz: Quiz, event: Event) -> None:
    other = quizzes.write_quiz(actor=BOSS, titles={"kk": "Ескі"}, questions=questions())
    quizzes.end_quiz(actor=BOSS, quiz=other)
    with pytest.raises(DomainError):
        quizzes.give(actor=BOSS, event=event, quiz=other)


def test_only_who_holds_the_event_gives_its_test(event: Event, quiz: Quiz) -> None:
    stranger = Actor("lecturer-9", frozenset({"lecturer"}))
    speaker = Actor("lecturer-1", frozenset({"lecturer"}))
    quizzes.give(actor=speaker, event=event, quiz=quiz)
    for refused in (
        lambda: quizzes.give(actor=stranger, event=event, quiz=quiz),
        lambda: quizzes.tally(actor=stranger, event=event, moment="before", counts=[1] * 6),
        lambda: codes.print_codes(actor=stranger, event=event, moment="before", number=1),
        lambda: codes.drop_codes(actor=stranger, event=event, moment="before"),
    ):
        with pytest.raises(NotAllowedError):
            refused()


def test_paper_sheets_are_tallied_and_a_tally_replaces_the_one_before(event: Event) -> None:
    for counts in ([9, 9, 9, 9, 9, 9], [0, 3, 9, 4, 2, 1]):
        quizzes.tally(actor=BOSS, event=event, moment="before", counts=counts)
    quizzes.tally(actor=BOSS, event=event, moment="after", counts=[0, 0, 1, 3, 9, 8])
    before, after = tallies_of(Sitting.objects.get())
    assert (before.paper, before.all, after.all) == ((0, 3, 9, 4, 2, 1), 19, 21)
    found = of_event(event)
    assert found is not None
    assert (found.before, found.after) == (19, 21)
    assert found.change is not None
    assert found.change.low > 0


@pytest.mark.parametrize("counts", [[-3, 0, 0, 0, 0, 0], [10_000, 0, 0, 0, 0, 0], [1, 2, 3]])
def test_a_tally_that_cannot_be_is_refused(event: Event, counts: list[int]) -> None:
    with pytest.raises(DomainError):
        quizzes.tally(actor=BOSS, event=event, moment="before", counts=counts)
    assert not Score.objects.exists()


def test_no_sheet_is_counted_before_the_day(event: Event) -> None:
    with pytest.raises(DomainError):
        quizzes.tally(
            actor=BOSS, event=event, moment="before", counts=[1] * 6, today=date(2026, 5, 13)
        )


def test_a_campaign_has_the_sheets_of_its_events_but_for_those_with_too_few(
    event: Event, quiz: Quiz
) -> None:
    small = hold(make_body("№ 902 мектеп"), campaign=event.campaign)
    quizzes.give(actor=BOSS, event=small, quiz=quiz)
    for moment in ("before", "after"):
        quizzes.tally(actor=BOSS, event=event, moment=moment, counts=[2, 2, 2, 2, 2, 2])
        quizzes.tally(actor=BOSS, event=small, moment=moment, counts=[0, 0, 0, 0, 0, 9])
    assert event.campaign
    found = of_campaign(event.campaign)
    assert found is not None
    assert (found.before, found.after) == (12, 12)
    both = by_event([event.pk, small.pk])
    assert [both[each.pk].is_few for each in (event, small)] == [False, True]


def test_a_campaign_without_a_test_has_no_result(db: None) -> None:
    assert of_campaign(make_campaign()) is None


def test_a_sheet_becomes_one_score_and_nobodys_answers_are_kept(event: Event) -> None:
    (code,) = printed(event)
    assert codes.answer(code=code, network="n", chosen=[0, 1, 0, None, 1]) == "before"
    assert Score.objects.get(count__gt=0).right == 3
    assert OneTimeCode.objects.get().is_used
    held = " ".join(Entry.objects.values_list("payload", flat=True))
    assert code not in held
    assert code not in OneTimeCode.objects.get().digest
    assert Entry.objects.latest("number").payload == '{"moment":"before"}'


def test_a_code_counts_once_however_often_it_is_sent(event: Event) -> None:
    (code,) = printed(event)
    codes.answer(code=code, network="n", chosen=[0] * 5)
    for _again in range(3):
        with pytest.raises(codes.UsedCodeError):
            codes.answer(code=code, network="n", chosen=[1] * 5)
    assert sum(Score.objects.values_list("count", flat=True)) == 1


def test_a_wrong_and_a_used_code_cost_the_same_and_differ_in_words(
    client: Client, event: Event
) -> None:
    (code,) = printed(event)
    codes.answer(code=code, network="n", chosen=[0] * 5)
    pages, asked = [], []
    for each in (code, "ABCDEFGH"):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            pages.append(client.get(f"/test/{each}/"))
        asked.append(len(captured))
    assert [page.status_code for page in pages] == [409, 404]
    assert asked[0] == asked[1] == 1
    assert pages[0].text != pages[1].text
    assert 'value="ABCD-EFGH"' in pages[1].text


@pytest.mark.parametrize(("days", "opens"), [(-2, False), (-1, True), (7, True), (8, False)])
def test_codes_open_the_test_about_the_day_of_the_event(
    event: Event, days: int, opens: bool
) -> None:
    (code,) = printed(event)
    with clock.frozen(NOON + timedelta(days=days)):
        if opens:
            codes.open_test(code=code, network="n")
            return
        with pytest.raises(codes.WrongCodeError):
            codes.open_test(code=code, network="n")


def test_codes_of_an_event_that_was_cancelled_open_nothing(event: Event) -> None:
    (code,) = printed(event)
    change(event, stage="cancelled", reason_kk="болмады")
    with pytest.raises(codes.WrongCodeError):
        codes.open_test(code=code, network="n")
    with pytest.raises(DomainError):
        printed(event)


@pytest.mark.parametrize("number", [0, -1, 201])
def test_no_sheet_has_so_many_codes(event: Event, number: int) -> None:
    with pytest.raises(DomainError):
        printed(event, number=number)


def test_an_event_has_only_so_many_codes(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "MOST", 5)
    assert len(set(printed(event, number=5))) == 5
    with pytest.raises(DomainError):
        printed(event)
    assert OneTimeCode.objects.count() == 5


def test_codes_that_nobody_used_are_taken_back(event: Event) -> None:
    used, lost = printed(event, number=2)
    codes.answer(code=used, network="n", chosen=[0] * 5)
    assert codes.drop_codes(actor=BOSS, event=event, moment="before") == 1
    with pytest.raises(codes.WrongCodeError):
        codes.open_test(code=lost, network="n")
    assert OneTimeCode.objects.get().is_used


def test_guessing_is_slowed_for_one_network_and_right_codes_cost_nothing(event: Event) -> None:
    (code,) = printed(event)
    moment = [0.0]
    guesses = codes.guesses = codes.Guesses(lambda: moment[0])
    for _look in range(200):
        codes.open_test(code=code, network="class")
    met: Counter[str] = Counter()
    for _guess in range(200):
        try:
            codes.open_test(code="ABCDEFGH", network="guesser")
        except DomainError as error:
            met[error.code] += 1
    assert met == {"wrong_code": codes.BURST, "guesses": 200 - codes.BURST}
    with pytest.raises(codes.TooManyGuessesError):
        codes.open_test(code=code, network="guesser")
    codes.open_test(code=code, network="class")
    moment[0] += 1 / codes.RATE
    guesses.begin("guesser")


def test_many_networks_together_are_slowed_too(event: Event) -> None:
    codes.guesses = codes.Guesses(lambda: 0.0)
    met: Counter[str] = Counter()
    for guess in range(int(codes.ALL_BURST) + 50):
        try:
            codes.open_test(code="ABCDEFGH", network=f"n{guess}")
        except DomainError as error:
            met[error.code] += 1
    assert met["guesses"] == 50


def sent(client: Client, address: str, **typed: str) -> Any:  # noqa: ANN401 - a test's response
    """Send the form as the page would."""
    data = {strangers.FIELD: strangers.token("outreach.test"), **typed}
    return client.post(f"/test/{address}", data, headers={"Origin": "http://testserver"})


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_five_questions_stand_on_one_page_without_cookie_and_script(
    client: Client, event: Event, prefix: str
) -> None:
    (code,) = printed(event)
    page = client.get(f"{prefix}/test/{code}/")
    assert page.text.count("<fieldset") == 5
    assert page.text.count('type="radio"') == 15
    assert "<script" not in page.text
    assert not page.cookies
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert ("Вопрос 1?" in page.text) == (prefix == "/ru")
    assert ('<fieldset lang="kk">' in page.text) == (prefix == "/en")


def test_sending_twice_and_going_back_say_so_kindly(client: Client, event: Event) -> None:
    (code,) = printed(event)
    answers = {f"q{number}": str(place) for number, place in enumerate(RIGHT, 1)}
    first = sent(client, f"{code}/", **answers)
    assert (first.status_code, first.headers["Location"]) == (302, "/test/done/before/")
    assert client.get("/test/done/before/").status_code == 200
    again = sent(client, f"{code}/", **answers)
    assert again.status_code == client.get(f"/test/{code}/").status_code == 409
    assert Score.objects.get(count=1).right == 5


def test_a_form_of_another_site_or_of_yesterday_counts_nothing(
    client: Client, event: Event
) -> None:
    (code,) = printed(event)
    foreign = client.post(f"/test/{code}/", {"q1": "0"}, headers={"Origin": "https://a.example"})
    assert foreign.status_code == 403
    old = client.post(
        f"/test/{code}/", {"q1": "0", "token": "x"}, headers={"Origin": "http://testserver"}
    )
    assert old.status_code == 400
    assert "checked" in old.text
    assert not Score.objects.exists()


def test_an_empty_sheet_is_not_sent(client: Client, event: Event) -> None:
    (code,) = printed(event)
    assert sent(client, f"{code}/").status_code == 400
    assert not OneTimeCode.objects.get().is_used


def test_a_typed_code_leads_to_the_questions(client: Client, event: Event) -> None:
    (code,) = printed(event)
    typed = sent(client, "", code=f"{code[:4]} {code[4:].lower()}")
    assert typed.headers["Location"] == f"/test/{code}/"
    wrong = sent(client, "", code="0OI1-****")
    assert wrong.status_code == 400
    assert "0OI1-****" in wrong.text


def test_the_sheet_of_codes_is_shown_once_and_carries_qr_codes(cast: Cast, event: Event) -> None:
    client = cast.coordinator.client
    address = f"/desk/events/{event.code}/test/codes/"
    page = client.post(address, {"moment": "after", "number": "3"})
    assert "no-store" in page.headers["Cache-Control"]
    assert page.text.count('class="qr"') == page.text.count("Іс-шарадан кейін ·") == 3
    found = re.findall(r'<p class="code">([A-Z2-9]{4}-[A-Z2-9]{4})</p>', page.text)
    assert len(set(found)) == 3
    assert client.get(f"/test/{read_code(found[0])}/").status_code == 200
    assert client.get(address).status_code == 405
    many = client.post(address, {"moment": "after", "number": "900"})
    assert many.status_code == 400
    assert f"/desk/events/{event.code}/" in many.text
    assert OneTimeCode.objects.count() == 3


def test_a_lecturer_writes_a_tally_at_the_desk_and_an_editor_a_test(
    cast: Cast, event: Event
) -> None:
    typed = {f"right_{right}": str(right) for right in range(6)}
    Event.objects.filter(pk=event.pk).update(author=cast.lecturer.actor.key)
    address = f"/desk/events/{event.code}/test/"
    assert cast.lecturer.client.post(address, {"moment": "before", **typed}).status_code == 302
    assert cast.adviser.client.post(address, {"moment": "before", **typed}).status_code == 403
    wrong = cast.lecturer.client.post(address, {"moment": "before", **typed, "right_2": "-3"})
    assert wrong.status_code == 400
    assert 'href="#before_right_2"' in wrong.text
    assert wrong.text.count('value="-3"') == 1
    ids = re.findall(r' id="([^"]+)"', wrong.text)
    assert len(ids) == len(set(ids))
    assert Score.objects.get(right=2, moment="before").count == 2


def test_a_test_is_written_and_changed_at_the_desk(cast: Cast, quiz: Quiz) -> None:
    client = cast.editor.client
    form = {"title_kk": "Құқығыңыз"}
    for number in range(1, 6):
        form |= {f"text_kk_{number}": f"Сұрақ {number}", f"right_{number}": "2"}
        form |= {f"choices_kk_{number}": "иә\nжоқ\n\n"}
    answer = client.post("/desk/coverage/tests/new/", form)
    made = Quiz.objects.get(title_kk="Құқығыңыз")
    assert answer.headers["Location"] == f"/desk/coverage/tests/{made.code}/"
    assert Question.objects.filter(quiz=made, right=1, choices_kk=["иә", "жоқ"]).count() == 5
    edit = f"/desk/coverage/tests/{made.code}/edit/"
    assert "Сұрақ 3" in client.get(edit).text
    assert client.post(edit, {**form, "right_5": "3"}).status_code == 400
    assert cast.lecturer.client.post(edit, form).status_code == 403
    client.post(f"/desk/coverage/tests/{made.code}/end/")
    made.refresh_from_db()
    assert made.until_on is not None


def test_a_lecturer_gives_a_test_and_takes_unused_codes_back(
    cast: Cast, quiz: Quiz, at_noon: None
) -> None:
    row = hold(make_body("№ 903 мектеп"), author=cast.lecturer.actor.key)
    client, address = cast.lecturer.client, f"/desk/events/{row.code}/test/"
    assert quiz.title_kk in client.get("/desk/coverage/tests/").text
    assert client.get(f"/desk/coverage/tests/{quiz.code}/").status_code == 200
    assert client.post(address, {"quiz": "unknown"}).status_code == 400
    assert not Sitting.objects.filter(event=row).exists()
    assert client.post(address, {"quiz": quiz.code}).status_code == 302
    client.post(f"{address}codes/", {"moment": "after", "number": "4"})
    drop = f"{address}codes/after/drop/"
    assert cast.adviser.client.post(drop).status_code == 403
    assert OneTimeCode.objects.count() == 4
    assert client.post(drop).status_code == 302
    assert client.post(f"{address}codes/never/drop/").status_code == 302
    assert not OneTimeCode.objects.exists()


def test_a_tally_of_a_day_to_come_is_refused_beside_what_was_typed(
    cast: Cast, event: Event
) -> None:
    Event.objects.filter(pk=event.pk).update(on=event.on + timedelta(days=1))
    typed = {f"right_{right}": "7" for right in range(6)}
    address = f"/desk/events/{event.code}/test/"
    page = cast.coordinator.client.post(address, {"moment": "after", **typed})
    assert page.status_code == 400
    assert page.text.count('value="7"') == 6
    assert not Score.objects.filter(count__gt=0).exists()


def test_open_data_has_the_results_of_tests_with_ten_sheets_before_and_after(
    event: Event, quiz: Quiz
) -> None:
    assert list(datasets.tests({})) == []
    quizzes.tally(actor=BOSS, event=event, moment="before", counts=[5, 5, 0, 0, 0, 0])
    quizzes.tally(actor=BOSS, event=event, moment="after", counts=[0, 0, 0, 0, 5, 5])
    ((_event, _quiz, *numbers),) = datasets.tests({})
    assert numbers[:5] == [10, 10, 0.5, 4.5, 4.0]
    assert len(numbers) + 2 == len(datasets.TESTS.fields)

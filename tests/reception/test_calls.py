"""Calls: who makes them, what is opened, and what is noted."""

import json
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from baqylau.contacts.services import withdraw
from baqylau.journal.models import Entry
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError
from baqylau.reception.models import Call
from baqylau.reception.rules.calls import check_answers
from baqylau.reception.services import strike_consultation
from baqylau.reception.services.calling import record_call, reveal_for_call
from baqylau.reception.taxonomy import CallKind, Happened, Reached, Solved
from tests.cast import Cast
from tests.reception.making import ADVISER, COLLEAGUE, COORDINATOR, MERKE, TARAZ, record
from tests.reception.visitors import check_of, visited

pytestmark = pytest.mark.usefixtures("desk")
TODAY = date(2026, 7, 1)
ANSWERED: dict[str, Any] = {"reached": "answered", "solved": "yes", "happened": "yes"}


def promise(**changes: Any) -> Call:  # noqa: ANN401 - of many kinds
    """A call that the adviser promised for today."""
    row = visited(result="call_back", call_on=TODAY, **changes)
    return Call.objects.get(consultation=row)


def near(actor: Actor) -> Actor:
    """A colleague who works in the room of the talk."""
    record(actor, room=TARAZ)
    return actor


def address(call: Call, part: str = "") -> str:
    return f"/desk/reception/calls/{call.pk}/{part}"


def test_a_promised_call_is_closed_by_its_answer() -> None:
    call = promise()
    made = record_call(actor=ADVISER, pk=call.pk, reached="answered", solved="partly")
    assert (made.closed_on, made.called_by, made.solved, made.attempts) == (
        TODAY,
        ADVISER.key,
        "partly",
        1,
    )
    entry = Entry.objects.get(action="reception.called")
    assert json.loads(entry.payload) == {
        "attempts": 1,
        "happened": "",
        "reached": "answered",
        "solved": "partly",
    }
    with pytest.raises(ConflictError):
        record_call(actor=ADVISER, pk=call.pk, reached="answered")


def test_after_three_tries_nobody_is_called_again() -> None:
    call = promise()
    for attempt in (1, 2):
        again = record_call(actor=ADVISER, pk=call.pk, reached="unreached")
        assert (again.attempts, again.closed_on) == (attempt, None)
        assert again.due_on == TODAY + timedelta(days=1)
    last = record_call(actor=ADVISER, pk=call.pk, reached="unreached")
    assert (last.reached, last.closed_on) == ("unreached", TODAY)
    actions = [entry.action for entry in Entry.objects.filter(action__startswith="reception.")]
    assert actions.count("reception.tried") == 2
    assert actions.count("reception.called") == 1


@pytest.mark.parametrize("days", [0, -1, 61])
def test_the_next_try_is_a_later_day(days: int) -> None:
    call = promise()
    with pytest.raises(DomainError) as refused:
        record_call(
            actor=ADVISER, pk=call.pk, reached="unreached", again_on=TODAY + timedelta(days=days)
        )
    assert refused.value.field == "again_on"
    call.refresh_from_db()
    assert call.attempts == 0


def test_the_adviser_of_a_talk_never_checks_it() -> None:
    call = check_of(visited())
    with pytest.raises(DomainError) as refused:
        record_call(actor=ADVISER, pk=call.pk, **ANSWERED)
    assert refused.value.code == "own_talk"
    with pytest.raises(DomainError):
        reveal_for_call(actor=ADVISER, pk=call.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(
            called_by=ADVISER.key, closed_on=TODAY, reached="answered"
        )


def test_both_answers_of_a_check_reach_the_journal_with_the_cells_of_the_talk() -> None:
    row = visited(kind="misconduct", service="s901")
    record_call(actor=near(COLLEAGUE), pk=check_of(row).pk, **ANSWERED)
    entry = Entry.objects.get(action="reception.checked")
    said = json.loads(entry.payload)
    assert entry.subject == f"consultation:{row.number}"
    assert {name: said[name] for name in ("solved", "happened", "kind", "room", "service")} == {
        "solved": "yes",
        "happened": "yes",
        "kind": "misconduct",
        "room": TARAZ,
        "service": "s901",
    }


def test_colleagues_of_other_rooms_do_not_call() -> None:
    call = check_of(visited(room=TARAZ))
    record(COLLEAGUE, room=MERKE)
    with pytest.raises(NotAllowedError):
        record_call(actor=COLLEAGUE, pk=call.pk, **ANSWERED)
    assert record_call(actor=COORDINATOR, pk=call.pk, **ANSWERED).called_by == COORDINATOR.key


def test_nobody_is_called_about_what_was_struck_out() -> None:
    call = promise()
    strike_consultation(actor=ADVISER, number=call.consultation.number, reason="twice")
    with pytest.raises(ConflictError):
        reveal_for_call(actor=ADVISER, pk=call.pk)


def test_whoever_took_the_consent_back_is_not_shown_and_the_call_ends() -> None:
    call = promise()
    withdraw(actor=ADVISER, key=call.consultation.contact)
    with pytest.raises(DomainError):
        reveal_for_call(actor=ADVISER, pk=call.pk)
    assert record_call(actor=ADVISER, pk=call.pk, reached="unreached").closed_on == TODAY


@given(
    st.sampled_from(CallKind.values),
    st.sampled_from(["", *Reached.values, "x"]),
    st.sampled_from(["", *Solved.values, "x"]),
    st.sampled_from(["", *Happened.values, "x"]),
)
def test_answers_that_pass_are_whole(kind: str, reached: str, solved: str, happened: str) -> None:
    with suppress(DomainError):
        check_answers(kind, reached, solved, happened)
        assert_whole(kind, reached, solved, happened)


def assert_whole(kind: str, reached: str, solved: str, happened: str) -> None:
    """What may be written down."""
    assert reached in Reached.values
    if reached == Reached.ANSWERED and kind == CallKind.CHECK:
        assert solved
        assert happened
    if reached != Reached.ANSWERED:
        assert not solved
        assert not happened


def test_name_and_phone_are_closed_until_they_are_asked_for(cast: Cast) -> None:
    call = promise()
    Call.objects.update(person=cast.adviser.user.key)
    client = cast.adviser.client
    closed = client.get(address(call))
    assert "701" not in closed.text
    assert "Әлия" not in closed.text
    opened = client.post(address(call, "reveal/"))
    assert "+7 701 123 4567" in opened.text
    assert "Әлия" in opened.text
    assert opened.headers["Cache-Control"] == "no-store"
    entry = Entry.objects.get(action="contacts.revealed")
    assert json.loads(entry.payload)["reason"] == "call_back"
    assert client.get(address(call, "reveal/")).status_code == 405


def test_both_answers_that_lack_are_asked_for_at_once(cast: Cast) -> None:
    call = check_of(visited())
    answer = cast.coordinator.client.post(address(call), {"reached": "answered"})
    assert answer.status_code == 400
    assert "id_solved_error" in answer.text
    assert "id_happened_error" in answer.text
    answer = cast.coordinator.client.post(address(call), {"reached": "unreached"})
    assert answer.status_code == 302


def test_what_is_demanded_in_a_check_is_not_called_unneeded(cast: Cast) -> None:
    check = cast.coordinator.client.get(address(check_of(visited()))).text
    promised = cast.coordinator.client.get(address(promise())).text
    assert (check.count('class="optional"'), promised.count('class="optional"')) == (1, 2)


def test_a_fault_in_the_answers_keeps_the_person_open_with_one_entry(cast: Cast) -> None:
    call = check_of(visited())
    client = cast.coordinator.client
    opened = client.post(address(call, "reveal/")).text
    assert 'name="is_open"' in opened
    half = {"reached": "answered", "solved": "yes"}
    for _again in range(2):
        answer = client.post(address(call), {**half, "is_open": "1"})
        assert answer.status_code == 400
        assert "+7 701 123 4567" in answer.text
        assert 'name="is_open"' in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
    assert Entry.objects.filter(action="contacts.revealed").count() == 1


def test_a_fault_opens_nobody_who_was_closed(cast: Cast) -> None:
    call = check_of(visited())
    client = cast.coordinator.client
    unopened = client.post(address(call), {"is_open": "1"})
    assert unopened.status_code == 400
    assert "701" not in unopened.text
    client.post(address(call, "reveal/"))
    assert "701" not in client.post(address(call), {}).text
    client.post(address(call), ANSWERED)
    assert "701" not in client.post(address(call), {"is_open": "1"}).text


@pytest.mark.parametrize(
    ("language", "words"),
    [("kk", "сөйлестіңіз бе"), ("ru", "консультантом"), ("en", "talk with our adviser")],
)
def test_the_words_are_in_the_language_of_whoever_is_called(
    cast: Cast, language: str, words: str
) -> None:
    call = check_of(record(language=language))
    text = cast.coordinator.client.get(address(call)).text
    assert words in text
    assert f'<div lang="{language}">' in text


def test_the_page_writes_down_how_the_call_went(cast: Cast) -> None:
    call = check_of(visited())
    client = cast.coordinator.client
    missing = client.post(address(call), {"reached": "answered", "solved": "yes"})
    assert missing.status_code == 400
    assert "id_happened_error" in missing.text
    assert client.post(address(call), ANSWERED).status_code == 302
    call.refresh_from_db()
    assert (call.happened, call.called_by) == ("yes", cast.coordinator.user.key)
    assert client.get(address(call)).status_code == 200
    again = client.post(address(call), ANSWERED)
    assert again.status_code == 400


def test_a_check_does_not_exist_for_the_adviser_of_the_talk(cast: Cast) -> None:
    call = check_of(visited(cast.adviser.actor))
    assert cast.adviser.client.get(address(call)).status_code == 404
    for page in ("/desk/", "/desk/?only=call", f"/desk/search/?q={call.consultation.number}"):
        assert f"/calls/{call.pk}/" not in cast.adviser.client.get(page).text
    reference = call.consultation.number.partition("-")[2]
    assert "жеребе" not in cast.adviser.client.get(f"/desk/reception/{reference}/").text


@pytest.mark.parametrize("role", ["administrator", "official", "editor", "member"])
def test_others_make_no_calls(cast: Cast, role: str) -> None:
    call = check_of(visited())
    client = getattr(cast, role).client
    assert client.get(address(call)).status_code == 403
    assert client.post(address(call, "reveal/")).status_code == 403

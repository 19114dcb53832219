"""Who may derive a key now, and who waits: budgets under a clock that is moved by hand."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from baqylau.kernel import clock
from baqylau.reports.services import admission
from baqylau.reports.services.admission import (
    BytesSpentError,
    UploadsBusyError,
    Wait,
    admit,
    admit_bytes,
    admit_upload,
)
from baqylau.reports.views.turns import turn_or_wait
from baqylau.web.networks import LOCAL, OWN
from tests.reports.conftest import TODAY


@pytest.fixture(autouse=True)
def _calm() -> Iterator[None]:
    admission.forget()
    yield
    admission.forget()


def at(seconds: float, network: str, ticket: str = "") -> Wait | None:
    with clock.frozen(TODAY + timedelta(seconds=seconds)):
        return admit(network=network, ticket=ticket)


def flooded(seconds: float = 0.0) -> None:
    """Three hundred networks ask at once."""
    for number in range(300):
        at(seconds, f"flood-{number}")


def waited(wait: Wait | None) -> Wait:
    assert wait is not None
    return wait


def passes(network: str, start: float, limit: float = 60.0) -> float:
    """Seconds until somebody who does as the page says is let in."""
    now, wait = start, at(start, network)
    while wait is not None:
        now += wait.seconds
        assert now - start <= limit
        wait = at(now, network, wait.ticket)
    return now - start


def test_in_calm_nobody_waits() -> None:
    for number in range(30):
        assert at(number / 10, "a village") is None
        assert at(number / 10, f"network {number}") is None


def test_a_flood_of_one_network_waits_and_its_neighbours_do_not() -> None:
    answers = [at(second / 50, "flood") for second in range(500)]
    assert answers.count(None) <= admission.ONE_BURST + 10 * admission.ONE_RATE
    assert at(10, "elsewhere") is None


def test_a_flood_of_many_networks_derives_nothing_once_the_budget_is_gone() -> None:
    flooded()
    let_in = 0
    for step in range(1_000):
        let_in += at(step / 100, f"flood-{step % 300}") is None
    assert let_in == 0


def test_an_honest_person_passes_a_flood_that_does_not_come_back() -> None:
    flooded()
    for step in range(500):
        at(step / 100, f"flood-{step % 300}")
    assert passes("honest", 5.0) <= 2 * admission.FIRST_WAIT


def test_an_honest_person_passes_a_flood_that_comes_back_with_its_tickets() -> None:
    tickets = [(f"flood-{n}", wait.ticket) for n in range(300) if (wait := at(0, f"flood-{n}"))]
    flooded(6)
    let_in = sum(at(6, network, ticket) is None for network, ticket in tickets for _ in range(3))
    # What a burst of one second holds, and no more.
    assert let_in <= admission.TURNS_RATE * (admission.SOON + 1)
    assert passes("honest", 6.0) <= 30


def test_an_honest_person_passes_beside_a_flood_from_the_own_network() -> None:
    for step in range(2_000):
        at(step / 100, "ours")
    assert passes("ours", 20.0) <= 2 * admission.FIRST_WAIT


def test_who_comes_through_tor_has_a_share_of_their_own() -> None:
    flooded()
    assert at(0, LOCAL) is None
    for _ in range(1_000):
        at(1, LOCAL)
    assert at(1, LOCAL) is not None
    assert at(20, "elsewhere") is None


def test_a_ticket_is_good_once() -> None:
    flooded()
    wait = waited(at(1, "honest"))
    flooded(1 + wait.seconds)
    assert at(1 + wait.seconds, "honest", wait.ticket) is None
    assert at(1 + wait.seconds, "honest", wait.ticket) is not None


def test_a_turn_that_was_written_down_twice_is_good_once() -> None:
    flooded()
    doors = [waited(at(0, "flood-1")) for _ in range(60)]
    told = [at(6, "flood-1", door.ticket) for door in doors]
    turn = waited(told[-1])
    early = at(7, "flood-1", turn.ticket)
    assert waited(early).ticket == turn.ticket
    flooded(6 + turn.seconds)
    assert at(6 + turn.seconds, "flood-1", turn.ticket) is None
    assert at(6 + turn.seconds, "flood-1", turn.ticket) is not None


def test_who_comes_too_early_keeps_the_place() -> None:
    flooded()
    wait = waited(at(1, "honest"))
    again = waited(at(2, "honest", wait.ticket))
    assert again.ticket == wait.ticket
    assert again.seconds < wait.seconds


def test_a_ticket_may_be_brought_from_another_network() -> None:
    flooded()
    wait = waited(at(1, "mobile"))
    assert at(1 + wait.seconds, "another cell", wait.ticket) is None


def test_a_ticket_that_is_too_old_is_none() -> None:
    flooded()
    wait = waited(at(0, "honest"))
    flooded(admission.LIFE + 20)
    assert at(admission.LIFE + 20, "honest", wait.ticket) is not None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.data())
def test_a_ticket_that_was_changed_is_none(data: st.DataObject) -> None:
    admission.forget()
    flooded()
    ticket = waited(at(1, "honest")).ticket
    place = data.draw(st.integers(0, len(ticket) - 1))
    sign = data.draw(st.characters())
    changed = ticket[:place] + sign + ticket[place + 1 :]
    flooded(20)
    assume(changed != ticket)
    assert at(20, "flood-3", changed) is not None


@given(st.text(max_size=300))
def test_no_other_text_is_a_ticket(text: str) -> None:
    flooded()
    assert at(0.5, "flood-3", text) is not None


def test_a_clock_that_goes_back_begins_anew_and_shuts_nobody_out() -> None:
    flooded(3_600)
    assert at(3_600, "honest") is not None
    assert at(0, "honest") is None


def test_uploads_have_budgets_of_their_own() -> None:
    with clock.frozen(TODAY):
        for _ in range(int(admission.UPLOAD_BURST)):
            admit_upload(network="one")
        with pytest.raises(UploadsBusyError):
            admit_upload(network="one")
        admit_upload(network="another")
        admit_upload(network=LOCAL)
    assert at(0, "one") is None


MANY = int(admission.BYTES_BURST)


def test_a_network_that_has_sent_too_many_bytes_shuts_out_itself_alone() -> None:
    with clock.frozen(TODAY):
        admit_bytes(network="one", size=MANY)
        with pytest.raises(BytesSpentError) as refused:
            admit_bytes(network="one", size=1)
        assert refused.value.status == 503
        for network in ("another", LOCAL):
            admit_bytes(network=network, size=MANY)
        admit_upload(network="one")
    assert at(0, "one") is None, "words go"


def test_bytes_through_tor_are_many_and_end_without_shutting_anybody_else_out() -> None:
    with clock.frozen(TODAY):
        for _ in range(admission.LOCAL_BYTES):
            admit_bytes(network=LOCAL, size=MANY)
        with pytest.raises(BytesSpentError):
            admit_bytes(network=LOCAL, size=MANY)
        admit_bytes(network="somebody", size=MANY)


def test_what_was_refused_counts_nothing_and_time_gives_back() -> None:
    with clock.frozen(TODAY):
        admit_bytes(network="one", size=MANY - 10)
        for _ in range(50):
            with pytest.raises(BytesSpentError):
                admit_bytes(network="one", size=11)
        admit_bytes(network="one", size=10)
    later = 1_000 / admission.BYTES_RATE
    with clock.frozen(TODAY + timedelta(seconds=later + 1)):
        admit_bytes(network="one", size=1_000)


def test_many_networks_that_spend_their_bytes_leave_the_next_one_its_own() -> None:
    with clock.frozen(TODAY):
        for number in range(500):
            admit_bytes(network=f"flood-{number}", size=MANY)
        admit_bytes(network="honest", size=60 << 20)


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    flooded()
    passes("honest", 1.0)
    admit_bytes(network="one", size=MANY)
    with pytest.raises(BytesSpentError):
        admit_bytes(network="one", size=MANY)
    assert caplog.text == ""


def _post(seconds: float, words: dict[str, Any]) -> HttpResponse | None:
    request = RequestFactory().post("/report/new/", words)
    request.META[OWN] = "honest"
    with clock.frozen(TODAY + timedelta(seconds=seconds)):
        return turn_or_wait(request)


def test_the_waiting_page_keeps_every_word_of_the_form() -> None:
    flooded()
    words = {"story": "бірінші жол\nекінші «жол» <b>", "avoid": ["1", "2"], "token": "t"}
    answer = _post(1, words)
    assert answer is not None
    assert answer.status_code == 503
    assert answer.headers["Cache-Control"] == "no-store"
    assert 1 <= int(answer.headers["Retry-After"]) <= 5
    page = answer.content.decode()
    assert "бірінші жол\nекінші «жол» &lt;b&gt;" in page
    assert page.count('name="avoid"') == 2
    assert page.count(f'name="{admission.FIELD}"') == 1


def test_pressing_the_button_in_time_goes_on() -> None:
    flooded()
    answer = _post(1, {"story": "с"})
    assert answer is not None
    ticket = answer.content.decode().split(f'name="{admission.FIELD}" value="')[1].split('"')[0]
    assert _post(8, {"story": "с", admission.FIELD: ticket}) is None

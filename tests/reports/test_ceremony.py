"""The ceremony at the desk: one sheet after the other, and nothing stored but a public half."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.reports.models import NextKey, RecoveryKey
from baqylau.reports.queries.recovery import living_recovery
from baqylau.reports.services.ceremony import begin_ceremony, carried, read_ceremony
from baqylau.reports.services.drilling import LIFE
from baqylau.seal import shares
from tests.cast import Cast, Person
from tests.reports.conftest import TODAY
from tests.reports.making import PASSPHRASE, file, make_holder, make_house
from tests.reports.opening import recoverable

pytestmark = [
    pytest.mark.django_db(databases=["default", "sealed"]),
    pytest.mark.usefixtures("folders", "still"),
]


def step(person: Person, text: str, code: str, **fields: str) -> str:
    """Press a button of the ceremony's page; returns the next page, or where it leads."""
    ticket = re.findall(r'name="ticket" value="([0-9a-f]+)"', text)[0]
    answer = person.client.post(
        reverse("reports_ceremony"), {"ticket": ticket, "step": code, **fields}
    )
    assert "no-store" in answer.headers.get("Cache-Control", "")
    return answer.headers.get("Location") or answer.content.decode()


def sheet(text: str) -> list[str]:
    """The words of a sheet, in order."""
    found = re.findall(r'<th scope="row">(\d+)</th><td>([a-z]+)</td>', text)
    return [word for _place, word in sorted(found, key=lambda each: int(each[0]))]


def begin(person: Person) -> str:
    answer = person.client.post(reverse("reports_ceremony"), {"step": "begin"})
    assert answer.status_code == 200
    return answer.content.decode()


def confirmed(person: Person, text: str) -> tuple[list[str], str]:
    """Hide the sheet and type its two words; returns the words and the next page."""
    words = sheet(text)
    check = step(person, text, "hide")
    shown = set(re.findall(r"[a-z]+", re.sub(r"<[^>]*>", " ", check)))
    # A word of the page itself may by chance stand on the sheet too.
    assert len(shown & set(words)) <= 3
    places = re.findall(r'name="word_(\d+)"', check)
    typed = {f"word_{place}": f" {words[int(place) - 1].upper()} " for place in places}
    return words, step(person, check, "check", **typed)


def led(person: Person) -> list[str]:
    """The whole ceremony; returns the three sheets."""
    text, sheets = begin(person), []
    for _each in range(3):
        words, text = confirmed(person, text)
        sheets.append(" ".join(words))
    assert text == reverse("reports_keys")
    return sheets


def test_three_sheets_come_one_after_the_other_and_two_open_reports(cast: Cast) -> None:
    officer = make_holder(cast.officer.actor, "officer")
    make_holder(cast.second_officer.actor, "officer")
    make_holder(cast.custodian.actor, "custodian")
    sheets = led(cast.coordinator)
    assert [shares.read(each).number for each in sheets] == [1, 2, 3]
    coming = NextKey.objects.get()
    key = shares.rebuild([shares.read(each) for each in sheets[1:]], public=coming.public)
    assert not RecoveryKey.objects.exists()
    answer = cast.officer.client.post(reverse("reports_recovery_agree"), {"public": coming.public})
    assert answer.status_code == 302
    _filed, report = file()
    assert recoverable(key) == {report.pk}
    assert officer.actor.key in report.holders


def test_one_page_holds_one_sheet_and_the_secret_is_in_none(cast: Cast) -> None:
    text = begin(cast.coordinator)
    assert len(sheet(text)) == 33
    first, second = sheet(text), sheet(confirmed(cast.coordinator, text)[1])
    assert len(second) == 33
    # Words 1 to 3 name the set, so they are nearly the same on all three sheets.
    assert first[4:] != second[4:]
    assert "AGE-SECRET" not in text
    assert "<svg" in text
    assert "style=" not in text


def test_a_wrong_word_shows_no_further_sheet(cast: Cast) -> None:
    text = begin(cast.coordinator)
    check = step(cast.coordinator, text, "hide")
    places = re.findall(r'name="word_(\d+)"', check)
    again = step(cast.coordinator, check, "check", **{f"word_{p}": "zebra" for p in places})
    assert sheet(again) == []
    assert 'class="summary"' in again
    assert sheet(step(cast.coordinator, again, "show")) == sheet(text)
    assert not NextKey.objects.exists()


def test_a_ceremony_is_its_leaders_alone_and_ends_after_half_an_hour(cast: Cast) -> None:
    ceremony = begin_ceremony(actor=cast.coordinator.actor)
    ticket = carried(cast.coordinator.actor, ceremony)
    assert read_ceremony(actor=cast.coordinator.actor, ticket=ticket).left == ceremony.left
    for word in ceremony.words:
        assert word.encode().hex() not in ticket
    with pytest.raises(DomainError):
        read_ceremony(actor=cast.officer.actor, ticket=ticket)
    with clock.frozen(TODAY + timedelta(minutes=31)), pytest.raises(DomainError):
        read_ceremony(actor=cast.coordinator.actor, ticket=ticket)
    with clock.frozen(TODAY - timedelta(minutes=1)), pytest.raises(DomainError):
        read_ceremony(actor=cast.coordinator.actor, ticket=ticket)


@pytest.mark.parametrize("ticket", ["", "zz", "00", "00" * 200])
def test_a_page_of_nothing_is_refused_in_a_sentence(cast: Cast, ticket: str) -> None:
    answer = cast.coordinator.client.post(
        reverse("reports_ceremony"), {"ticket": ticket, "step": "check"}
    )
    assert answer.status_code == 400
    assert not NextKey.objects.exists()


@pytest.mark.parametrize("who", ["custodian", "adviser", "official"])
def test_others_lead_no_ceremony_and_no_drill(cast: Cast, who: str) -> None:
    for name in ("reports_ceremony", "reports_drill"):
        answer = getattr(cast, who).client.post(reverse(name), {"step": "begin"})
        assert answer.status_code == 403


def test_who_led_it_cannot_agree_and_whoever_agrees_may_drop_it(cast: Cast) -> None:
    make_holder(cast.officer.actor, "officer")
    make_holder(cast.second_officer.actor, "officer")
    led(cast.officer)
    public = NextKey.objects.get().public
    address = reverse("reports_recovery_agree")
    assert cast.officer.client.post(address, {"public": public}).status_code == 400
    assert 'name="public"' not in cast.officer.client.get(address).content.decode()
    assert 'name="public"' in cast.second_officer.client.get(address).content.decode()
    cast.second_officer.client.post(address, {"public": public, "refuse": "1"})
    assert not NextKey.objects.exists()
    assert cast.second_officer.client.get(address).status_code == 302


def test_a_new_recovery_key_comes_into_use_at_the_desk(cast: Cast) -> None:
    house = make_house(
        cast.officer.actor, cast.second_officer.actor, custodians=(cast.custodian.actor,)
    )
    _filed, report = file()
    sheets = led(cast.coordinator)
    public = NextKey.objects.get().public
    agreed = cast.officer.client.post(reverse("reports_recovery_agree"), {"public": public})
    assert agreed.headers["Location"] == reverse("reports_recovery_wrap")
    shown = cast.officer.client.get(reverse("reports_recovery_wrap"))
    assert shown.status_code == 200
    wrong = cast.officer.client.post(reverse("reports_recovery_wrap"), {"passphrase": "басқа"})
    assert wrong.status_code == 400
    cast.officer.client.post(reverse("reports_recovery_wrap"), {"passphrase": PASSPHRASE})
    living = living_recovery()
    assert living is not None
    assert living.public == public
    key = shares.rebuild([shares.read(each) for each in sheets[:2]], public=public)
    assert recoverable(key) == {report.pk}
    assert house.recovery is not None
    assert recoverable(house.recovery) == set()


def drilled(person: Person, share: str, ticket: str = "") -> tuple[int, str]:
    """Type a share on the drill's page; its status, and the page or where it leads."""
    sent = {"share": share, **({"ticket": ticket} if ticket else {})}
    answer = person.client.post(reverse("reports_drill"), sent)
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def ticket_in(text: str) -> str:
    return str(re.findall(r'name="ticket" value="([0-9a-f]+)"', text)[0])


def test_a_drill_keeps_the_day_and_its_second_page_shows_nothing_of_the_first(cast: Cast) -> None:
    house = make_house(
        cast.officer.actor, cast.second_officer.actor, custodians=(cast.custodian.actor,)
    )
    first, second, _third = house.shares
    assert drilled(cast.officer, first.replace(first.split()[3], "тарақ", 1))[0] == 400
    status, text = drilled(cast.officer, first)
    assert status == 200
    shown = re.sub(r"<[^>]*>", " ", text).split()
    assert not any(" ".join(first.split()[at : at + 2]) in " ".join(shown) for at in range(32))
    assert first.split()[0].encode().hex() not in ticket_in(text)
    status, same = drilled(cast.officer, first, ticket_in(text))
    assert status == 400
    assert living_recovery().proven_on is None  # type: ignore[union-attr]  # there is one
    assert drilled(cast.officer, second, ticket_in(same)) == (302, reverse("reports_keys"))
    living = living_recovery()
    assert living is not None
    assert living.proven_on == clock.today()


def test_the_first_share_of_a_drill_dies_and_serves_nobody_else(cast: Cast) -> None:
    house = make_house(
        cast.officer.actor, cast.second_officer.actor, custodians=(cast.custodian.actor,)
    )
    first, second, _third = house.shares
    ticket = ticket_in(drilled(cast.officer, first)[1])
    assert drilled(cast.second_officer, second, ticket)[0] == 400
    assert drilled(cast.officer, second, "00")[0] == 400
    with clock.frozen(clock.now() + timedelta(seconds=LIFE)):
        assert drilled(cast.officer, second, ticket)[0] == 400
    assert living_recovery().proven_on is None  # type: ignore[union-attr]  # there is one

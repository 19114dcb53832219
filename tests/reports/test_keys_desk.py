"""The wizard of the keys at the desk: who sees what, what is refused, what is shown once."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from baqylau.journal.models import Entry
from baqylau.reports.models import Keyholder, NextKey, Wrap
from baqylau.reports.queries.holders import own_key
from baqylau.reports.services.locking import opened_by_passphrase
from baqylau.staff import services
from baqylau.staff.models import KeptText
from tests.cast import Cast, Person, make_person
from tests.reports.making import PASSPHRASE, House, file, make_holder, make_house
from tests.reports.opening import readable

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
NEW = "бес бұрыш тас үстінде"


@pytest.fixture
def house(cast: Cast, folders: object, still: None) -> House:
    """The cast's officers and custodian hold keys; the form is open."""
    officers = (cast.officer.actor, cast.second_officer.actor)
    return make_house(*officers, custodians=(cast.custodian.actor,))


def page(person: Person, name: str = "reports_keys", *arguments: str) -> str:
    answer = person.client.get(reverse(name, args=arguments))
    assert answer.status_code == 200
    return answer.content.decode()


def send(person: Person, name: str, *arguments: str, **fields: str) -> tuple[int, str]:
    """Status and text of an answer; where it leads when it leads on."""
    answer = person.client.post(reverse(name, args=arguments), fields)
    text = answer.headers["Location"] if answer.status_code == 302 else answer.content.decode()
    return answer.status_code, text


@pytest.mark.usefixtures("folders", "still")
def test_until_everybody_is_there_the_page_says_that_the_form_is_closed(cast: Cast) -> None:
    assert "Форма жабық" in page(cast.coordinator)
    make_house(cast.officer.actor, custodians=(cast.custodian.actor,))
    assert "Форма жабық" in page(cast.coordinator)
    make_holder(cast.second_officer.actor, "officer")
    assert "Форма жабық" not in page(cast.coordinator)


@pytest.mark.usefixtures("folders", "still")
def test_with_no_key_at_all_no_step_is_done_and_the_administrator_is_shown_the_way(
    cast: Cast,
) -> None:
    assert "mark done" not in page(cast.administrator)
    assert reverse("staff_accounts") in page(cast.administrator)
    assert reverse("staff_accounts") not in page(cast.coordinator)
    make_house(cast.officer.actor, cast.second_officer.actor, custodians=(cast.custodian.actor,))
    assert f'<a href="{reverse("staff_accounts")}">Тіркелгілер: адам' not in page(
        cast.administrator
    )


def test_a_key_that_waits_is_the_next_step_of_who_may_compare_it(cast: Cast, house: House) -> None:
    newcomer = make_person("intake_officer")
    make_holder(newcomer.actor, "officer")
    Keyholder.objects.filter(holder=newcomer.actor.key).update(trusted_on=None)
    button = f'class="button" href="{reverse("reports_key_compare", args=[newcomer.actor.key])}"'
    assert button in page(cast.officer)
    assert button not in page(newcomer)
    assert button not in page(cast.administrator)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 200),
        ("custodian", 200),
        ("coordinator", 200),
        ("administrator", 200),
        ("adviser", 403),
        ("official", 403),
        ("outsider", 403),
    ],
)
def test_the_state_of_the_keys_is_for_those_who_look_after_them(
    cast: Cast, house: House, who: str, status: int
) -> None:
    assert getattr(cast, who).client.get(reverse("reports_keys")).status_code == status


def test_names_of_accounts_and_fingerprints_stand_on_the_page(cast: Cast, house: House) -> None:
    text = page(cast.officer)
    assert cast.second_officer.user.name in text
    assert len(set(re.findall(r"(?:\d{4} ){6}\d{4}", text))) == 4, "three people and recovery"


@pytest.mark.usefixtures("folders", "still")
def test_an_officer_makes_a_key_and_sees_the_code_once(cast: Cast) -> None:
    person = cast.officer
    status, text = send(person, "reports_key_own", office="officer", new=NEW, again=NEW)
    assert status == 200
    (code,) = re.findall(r"(?:\d{4} ){9}\d{4}", text)
    mark = re.findall(r'name="mark" value="([0-9a-f]{64})"', text)[0]
    assert code not in page(person)
    assert send(person, "reports_key_code", last="0000", mark="0" * 64)[0] == 400
    kept = Keyholder.objects.filter(holder=person.actor.key, code_kept_on__isnull=False)
    assert not kept.exists()
    status, where = send(person, "reports_key_code", last=code[-4:], mark=mark)
    assert (status, where) == (302, reverse("reports_keys"))
    assert kept.exists()
    assert send(person, "reports_key_own", office="officer", new=NEW, again=NEW)[0] == 302


@pytest.mark.usefixtures("folders", "still")
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"new": "12345", "again": "12345"}, "10"),
        ({"new": "qwertyuiop12", "again": "qwertyuiop12"}, ""),
        ({"new": NEW, "again": NEW + "!"}, ""),
        ({"new": NEW, "again": NEW, "office": "custodian"}, ""),
    ],
)
def test_a_weak_or_mistyped_passphrase_and_a_foreign_office_are_refused(
    cast: Cast, fields: dict[str, str], words: str
) -> None:
    status, text = send(cast.officer, "reports_key_own", **{"office": "officer", **fields})
    assert status == 400
    assert words in text
    assert not Keyholder.objects.exists()


@pytest.mark.usefixtures("folders", "still")
def test_one_person_is_not_officer_and_custodian_at_once() -> None:
    both = make_person("intake_officer", "custodian")
    assert send(both, "reports_key_own", office="custodian", new=NEW, again=NEW)[0] == 200
    assert send(both, "reports_key_own", office="officer", new=NEW, again=NEW)[0] == 302
    assert [row.office for row in Keyholder.objects.all()] == ["custodian"]


def test_a_forgotten_passphrase_is_replaced_by_the_printed_code(cast: Cast, house: House) -> None:
    person, held = cast.officer, house.officers[0]
    assert send(person, "reports_key_forgotten", code="1234", new=NEW, again=NEW)[0] == 400
    status, text = send(person, "reports_key_forgotten", code=held.code, new=NEW, again=NEW)
    assert status == 200
    assert re.search(r"(?:\d{4} ){9}\d{4}", text)
    assert opened_by_passphrase(person.actor, NEW).public == held.key.public


def test_passphrase_and_paper_are_changed_with_the_present_passphrase(
    cast: Cast, house: House
) -> None:
    person = cast.officer
    wrong = {"passphrase": NEW, "new": NEW, "again": NEW}
    assert send(person, "reports_key_passphrase", **wrong)[0] == 400
    right = {"passphrase": PASSPHRASE, "new": NEW, "again": NEW}
    assert send(person, "reports_key_passphrase", **right)[0] == 302
    assert send(person, "reports_key_paper", passphrase=PASSPHRASE)[0] == 400
    status, text = send(person, "reports_key_paper", passphrase=NEW)
    assert status == 200
    assert re.search(r"(?:\d{4} ){9}\d{4}", text)


def test_a_key_is_changed_in_two_steps_and_the_code_is_checked_between(
    cast: Cast, house: House
) -> None:
    _filed, report = file()
    person, held = cast.officer, house.officers[0]
    fields = {"passphrase": PASSPHRASE, "new": NEW, "again": NEW}
    status, text = send(person, "reports_key_change", **fields)
    assert status == 200
    (code,) = re.findall(r"(?:\d{4} ){9}\d{4}", text)
    mark = re.findall(r'name="mark" value="([0-9a-f]{64})"', text)[0]
    status, where = send(person, "reports_key_code", last=code[-4:], mark=mark)
    assert where == reverse("reports_key_change")
    assert "Кілтімді ауыстыруды аяқтау" in page(person)
    assert send(person, "reports_key_change", passphrase=NEW)[0] == 400
    assert send(person, "reports_key_change", passphrase=PASSPHRASE)[1] == reverse("reports_keys")
    assert readable(held) == set()
    row = own_key(person.actor.key)
    assert row is not None
    assert row.code_kept_on is not None
    assert opened_by_passphrase(person.actor, NEW).public == row.public
    assert report.holders == {each.actor.key for each in house.officers}


def test_a_change_is_dropped_at_the_desk(cast: Cast, house: House) -> None:
    fields = {"passphrase": PASSPHRASE, "new": NEW, "again": NEW}
    send(cast.officer, "reports_key_change", **fields)
    assert send(cast.officer, "reports_key_drop")[0] == 302
    assert not NextKey.objects.exists()


def test_reports_are_handed_to_a_colleague(cast: Cast, house: House) -> None:
    _filed, report = file()
    newcomer = make_person("intake_officer")
    make_holder(newcomer.actor, "officer")
    fields = {"to": newcomer.actor.key, "passphrase": PASSPHRASE}
    assert send(cast.officer, "reports_key_give", **fields)[0] == 302
    assert newcomer.actor.key in report.holders
    stranger = {"to": cast.custodian.actor.key, "passphrase": PASSPHRASE}
    assert send(cast.officer, "reports_key_give", **stranger)[0] == 400


def test_a_key_is_ended_after_its_page_has_said_what_is_hit(cast: Cast, house: House) -> None:
    _filed, report = file()
    leaver = cast.second_officer.actor.key
    text = page(cast.officer, "reports_key_end", leaver)
    assert (report.locator or "—") in text
    assert send(cast.officer, "reports_key_end", leaver)[0] == 400
    assert own_key(leaver) is not None
    mark = re.findall(r'name="despite" value="([0-9a-f]*)"', text)[0]
    assert send(cast.officer, "reports_key_end", leaver, despite=mark)[0] == 302
    assert own_key(leaver) is None
    assert not Wrap.objects.filter(holder=leaver).exists()


def test_a_coordinator_sees_how_many_reports_are_hit_and_not_which(
    cast: Cast, house: House
) -> None:
    _filed, report = file()
    text = page(cast.coordinator, "reports_key_end", cast.officer.actor.key)
    assert str(report.locator) not in text
    assert str(report.locator) not in page(cast.coordinator)


@pytest.mark.parametrize("who", ["custodian", "adviser"])
def test_nobody_else_ends_anothers_key_at_the_desk(cast: Cast, house: House, who: str) -> None:
    address = reverse("reports_key_end", args=[cast.officer.actor.key])
    assert getattr(cast, who).client.post(address).status_code == 403
    assert own_key(cast.officer.actor.key) is not None


def test_whose_account_is_closed_is_shown_as_left(cast: Cast, house: House) -> None:
    services.close_account(user=cast.second_officer.user, actor=cast.administrator.actor)
    text = page(cast.officer)
    assert "кеткен" in text
    assert cast.second_officer.user.name in text


def test_nothing_secret_of_these_pages_reaches_the_journal(cast: Cast, house: House) -> None:
    fields = {"passphrase": PASSPHRASE, "new": NEW, "again": NEW}
    send(cast.officer, "reports_key_passphrase", **fields)
    for using in ("default", "sealed"):
        told = " ".join(Entry.objects.using(using).values_list("payload", flat=True))
        assert NEW not in told
        assert cast.officer.user.name not in told


def test_without_signing_in_there_is_nothing(house: House) -> None:
    for name in ("reports_keys", "reports_ceremony", "reports_drill", "reports_names"):
        assert Client().get(reverse(name)).status_code == 302


PAGES = (
    ("reports_key_own",),
    ("reports_key_code",),
    ("reports_key_passphrase",),
    ("reports_key_forgotten",),
    ("reports_key_paper",),
    ("reports_key_change",),
    ("reports_key_give",),
    ("reports_key_end", "a"),
    ("reports_ceremony",),
    ("reports_recovery_agree",),
    ("reports_recovery_wrap",),
    ("reports_drill",),
    ("reports_name", "0" * 32),
    ("reports_name_ask", "0" * 32),
)


@pytest.mark.parametrize("page", PAGES, ids=[name for name, *_rest in PAGES])
def test_a_locked_desk_keeps_no_passphrase_code_or_share(
    cast: Cast, house: House, page: tuple[str, ...]
) -> None:
    name, *arguments = page
    client, address = cast.officer.client, reverse(name, args=arguments)
    typed = '[["first", "academic acid"], ["passphrase", "құпия"]]'
    client.post("/desk/lock/", {"next": address, "fields": typed})
    assert not KeptText.objects.exists()
    client.post(address, {"first": "academic acid", "passphrase": "құпия", "ticket": "00"})
    assert not KeptText.objects.exists()

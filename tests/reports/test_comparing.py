"""A new key gets nothing until a colleague has heard its digits; a doubt stops it at once."""

from collections.abc import Sequence
from itertools import product

import pytest
from django.urls import reverse

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError
from baqylau.kernel.roles import Role
from baqylau.reports.models import KeyCheck, Keyholder, Part, Wrap
from baqylau.reports.queries.comparing import may_speak
from baqylau.reports.queries.holders import own_key, readiness
from baqylau.reports.queries.keys import About, warnings
from baqylau.reports.queries.readers import require_living
from baqylau.reports.rules.trust import Word, is_doubted, is_trusted
from baqylau.reports.services.colleagues import add_colleague
from baqylau.reports.services.comparing import confirm, doubt
from baqylau.reports.services.filing import ClosedError
from baqylau.reports.services.handing import give_mine
from baqylau.reports.services.keyholding import enrol
from baqylau.reports.services.leaving import end_key
from baqylau.reports.services.locking import opened_by_passphrase
from baqylau.reports.services.recovering import to_officers
from baqylau.reports.services.rotation import begin_rotation, proceed
from baqylau.seal.people import fingerprint
from tests.cast import Cast, Person
from tests.reports.making import PASSPHRASE, House, file, make_account, make_house, make_recovery
from tests.reports.officers import Officer

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
ONE, TWO, THREE = (
    Actor(f"officer-{number}", frozenset({Role.INTAKE_OFFICER})) for number in (1, 2, 3)
)
KEEPER = Actor("custodian-1", frozenset({Role.CUSTODIAN}))


def last_of(actor: Actor) -> str:
    """The last digits, as the actor reads them from their own screen."""
    row = own_key(actor.key)
    assert row is not None
    return fingerprint(row.public).split()[-1]


def join(actor: Actor, office: str = "officer") -> None:
    make_account(actor, office)
    enrol(actor=actor, office=office, passphrase=PASSPHRASE)


def heard(by: Actor, of: Actor) -> bool:
    return confirm(actor=by, holder=of.key, last=last_of(of))


def reached() -> set[str]:
    """Who gets a report that comes now."""
    rows = Wrap.objects.filter(report=file()[1], part=Part.REPORT).exclude(holder="")
    return set(rows.values_list("holder", flat=True))


def test_the_first_officers_compare_each_other_and_then_the_custodian(
    db: None, folders: None, still: None
) -> None:
    for actor, office in ((ONE, "officer"), (TWO, "officer"), (KEEPER, "custodian")):
        join(actor, office)
    make_recovery()
    with pytest.raises(ClosedError):
        file()
    assert heard(ONE, TWO)
    with pytest.raises(NotAllowedError):
        heard(ONE, KEEPER)  # From the first word on only who is compared may speak.
    assert heard(TWO, ONE)
    assert len(readiness(clock.today()).waiting) == 1
    with pytest.raises(ClosedError):
        file()
    assert heard(ONE, KEEPER)
    assert reached() == {ONE.key, TWO.key}


def test_a_key_that_nobody_compared_gets_nothing(ready: House) -> None:
    join(THREE)
    assert reached() == {ONE.key, TWO.key}
    assert About.WAITING_KEY in {each.code for each in warnings(clock.today())}
    assert heard(KEEPER, THREE)
    assert THREE.key in reached()


def test_nobody_judges_their_own_key_nor_with_one_that_is_not_compared(ready: House) -> None:
    join(THREE)
    for by, of in ((THREE, THREE), (THREE, ONE), (Actor("stranger"), THREE)):
        with pytest.raises(NotAllowedError):
            heard(by, of)
        with pytest.raises(NotAllowedError):
            doubt(actor=by, holder=of.key)
    assert not KeyCheck.objects.exists()


def test_other_digits_than_those_of_the_key_confirm_nothing(ready: House) -> None:
    join(THREE)
    wrong = f"{(int(last_of(THREE)) + 1) % 10_000:04}"
    for typed in (wrong, "", "abcd", "12"):
        with pytest.raises(DomainError):
            confirm(actor=ONE, holder=THREE.key, last=typed)
    assert not KeyCheck.objects.exists()
    with pytest.raises(DomainError):
        confirm(actor=ONE, holder="nobody", last=wrong)


def test_a_doubt_stops_new_reports_until_an_officer_and_a_custodian_agree(ready: House) -> None:
    join(THREE)
    heard(ONE, THREE)
    assert THREE.key in reached()
    doubt(actor=TWO, holder=THREE.key)
    assert THREE.key not in reached()
    assert About.DOUBTED in {each.code for each in warnings(clock.today())}
    assert not heard(ONE, THREE)
    assert not heard(TWO, THREE)
    assert THREE.key not in reached()
    assert heard(KEEPER, THREE)
    assert THREE.key in reached()
    assert About.DOUBTED not in {each.code for each in warnings(clock.today())}


def test_a_doubt_about_one_of_two_officers_closes_the_form(ready: House) -> None:
    doubt(actor=ONE, holder=TWO.key)
    with pytest.raises(ClosedError):
        file()


def test_a_report_on_its_way_meets_the_doubt(ready: House) -> None:
    row = own_key(TWO.key)
    assert row is not None
    doubt(actor=ONE, holder=TWO.key)
    with pytest.raises(ConflictError):
        require_living([row.public])


def test_nothing_old_is_handed_to_a_key_that_nobody_compared(pair: list[Officer]) -> None:
    _filed, report = file()
    join(THREE)
    one = pair[0].held
    with pytest.raises(DomainError) as given:
        give_mine(actor=one.actor, own=one.key, to=THREE.key)
    with pytest.raises(DomainError) as added:
        add_colleague(actor=one.actor, own=one.key, report=report, person=THREE.key, avoid=())
    assert {given.value.code, added.value.code} == {"not_compared"}
    assert THREE.key not in report.holders
    heard(TWO, THREE)
    assert give_mine(actor=one.actor, own=one.key, to=THREE.key).done == 1


def test_two_shares_hand_nothing_to_a_key_that_nobody_compared(ready: House) -> None:
    _filed, report = file()
    join(THREE)
    assert ready.recovery is not None
    to_officers(ready.recovery)
    assert THREE.key not in report.holders


def test_a_changed_key_inherits_trust_and_doubt(ready: House) -> None:
    join(THREE)

    def change() -> None:
        begin_rotation(actor=THREE, old=PASSPHRASE, new=PASSPHRASE + "!")
        proceed(actor=THREE, own=opened_by_passphrase(THREE, PASSPHRASE))
        begin_rotation(actor=THREE, old=PASSPHRASE + "!", new=PASSPHRASE)
        proceed(actor=THREE, own=opened_by_passphrase(THREE, PASSPHRASE + "!"))

    heard(ONE, THREE)
    change()
    assert THREE.key in reached()
    doubt(actor=TWO, holder=THREE.key)
    change()
    assert THREE.key not in reached()
    assert not heard(ONE, THREE), "the doubt is not forgotten"


def test_a_new_key_after_an_ended_one_is_compared_anew(ready: House) -> None:
    join(THREE)
    heard(ONE, THREE)
    end_key(actor=THREE, holder=THREE.key)
    enrol(actor=THREE, office="officer", passphrase=PASSPHRASE)
    assert THREE.key not in reached()


KINDS = [Word("a", office, said) for office in ("officer", "custodian") for said in (True, False)]


@pytest.mark.parametrize("length", range(5))
def test_no_order_of_words_gets_past_a_doubt_without_both(length: int) -> None:
    for words in product(KINDS, repeat=length):
        _check(words)


def _check(words: Sequence[Word]) -> None:
    doubts = [place for place, word in enumerate(words) if not word.is_same]
    after = {word.office for word in words[doubts[-1] + 1 :]} if doubts else set()
    assert is_doubted(words) == bool(doubts)
    if doubts:
        assert is_trusted(words) == (after == {"officer", "custodian"})
    else:
        assert is_trusted(words) == bool(words)


@pytest.fixture
def house(cast: Cast, folders: object, still: None) -> House:
    """The cast's officers and custodian hold keys; the form is open."""
    officers = (cast.officer.actor, cast.second_officer.actor)
    return make_house(*officers, custodians=(cast.custodian.actor,))


def send(person: Person, of: Actor, **fields: str) -> tuple[int, str]:
    answer = person.client.post(reverse("reports_key_compare", args=[of.key]), fields)
    return answer.status_code, answer.content.decode()


def test_the_last_digits_of_a_waiting_key_are_heard_not_read(cast: Cast, house: House) -> None:
    join(THREE)
    row = own_key(THREE.key)
    assert row is not None
    where = reverse("reports_key_compare", args=[THREE.key])
    whole, masked = fingerprint(row.public), fingerprint(row.public)[:-4]
    for address in (reverse("reports_keys"), where):
        text = cast.officer.client.get(address).content.decode()
        assert masked in text
        assert whole not in text
    assert where in cast.officer.client.get(reverse("reports_keys")).content.decode()
    wrong = f"{(int(last_of(THREE)) + 1) % 10_000:04}"
    assert send(cast.officer, THREE, do="same", last=wrong)[0] == 400
    assert send(cast.officer, THREE, do="same", last=last_of(THREE))[0] == 302
    assert whole in cast.officer.client.get(reverse("reports_keys")).content.decode()
    assert Keyholder.objects.get(holder=THREE.key).trusted_on == clock.today()


def test_the_button_that_stops_a_key_is_there_for_who_holds_one(cast: Cast, house: House) -> None:
    own = cast.officer.actor
    assert send(cast.second_officer, own, do="differ")[0] == 302
    assert Keyholder.objects.get(holder=own.key).trusted_on is None
    text = cast.second_officer.client.get(reverse("reports_keys")).content.decode()
    assert "late" in text
    assert send(cast.coordinator, own, do="differ")[0] == 403
    assert send(cast.officer, own, do="same", last=last_of(own))[0] == 403
    assert send(cast.custodian, Actor("nobody"), do="differ")[0] == 404
    assert not may_speak(own, own.key)

"""The receipt's page: the digits stay on it, whatever is typed; the slip only for who asked."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from baqylau.journal import keys
from baqylau.reports.models import Slip
from baqylau.reports.services import admission
from baqylau.seal import receipts, slips
from tests.reports.browsing import Reporter
from tests.reports.making import House

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
CHECK = "/report/receipt/"


@pytest.fixture(autouse=True)
def _calm() -> Iterator[None]:
    admission.forget()
    yield
    admission.forget()


def filed(**typed: object) -> Reporter:
    reporter = Reporter().open().press("step-name")
    return reporter.press("next").press("send", "/report/new/", **typed)


def test_the_receipt_is_whole_and_says_when_to_come_back(ready: House) -> None:
    reporter = filed()
    assert receipts.read(reporter.digits).number
    assert "2026 жылғы 8 шілде" in reporter.words
    assert "2026 жылғы 1 қазан" in reporter.words
    assert "қызметкерлер саны: 2" in reporter.words
    assert reporter.answer.headers["Cache-Control"] == "no-store"


def test_the_last_group_is_compared_and_the_receipt_stays(ready: House) -> None:
    reporter = filed()
    digits = reporter.digits
    reporter.press("", CHECK, last=digits[-4:])
    assert "дәл жазып алыпсыз" in reporter.words
    assert reporter.digits == digits
    wrong = f"{(int(digits[-4:]) + 1) % 10_000:04}"
    for typed in (wrong, "", "🙂", "abcd", digits):
        reporter.press("", CHECK, last=typed)
        assert "цифр бұл емес" in reporter.words
        assert reporter.digits == digits
    reporter.press("", CHECK, last=" ".join(digits[-4:]))
    assert "дәл жазып алыпсыз" in reporter.words


@pytest.mark.parametrize("told", ["", "x", "a:b", "🙂"])
def test_a_receipt_that_is_not_ours_is_no_page(ready: House, told: str) -> None:
    answer = Client().post(CHECK, {"told": told}, headers={"Origin": "http://testserver"})
    assert answer.status_code == 400
    assert 'class="code"' not in answer.text


def test_changed_digits_are_no_receipt_of_ours(ready: House) -> None:
    reporter = filed()
    told = reporter.fields["told"][0]
    reporter.send({"told": told[:5] + ("a" if told[5] != "a" else "b") + told[6:]}, CHECK)
    assert reporter.answer.status_code == 400


def test_the_check_takes_nothing_from_another_site(ready: House) -> None:
    reporter = filed()
    answer = reporter.client.post(
        CHECK, reporter.fields, headers={"Origin": "https://evil.example"}
    )
    assert answer.status_code == 403


def test_an_old_address_of_a_receipt_leads_to_the_start(ready: House) -> None:
    answer = Client().get(CHECK)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/report/")


def test_a_slip_comes_only_to_who_asked_and_its_signature_is_ours(ready: House) -> None:
    assert "baqylau-slip" not in filed().html
    reporter = filed(wants_slip="on")
    found = re.search(r"<pre><code>(.*?)</code>", reporter.html, re.DOTALL)
    assert found
    slip = slips.read(found[1], bytes.fromhex(keys.public()))
    assert slip.site == "localhost"
    assert Slip.objects.get().digest == slip.hash
    assert "қалтаңыздан" in reporter.words.lower()


def test_a_slip_stays_on_the_page_when_the_last_group_is_compared(ready: House) -> None:
    reporter = filed(wants_slip="on").press("", CHECK, last="1")
    assert "baqylau-slip 1" in reporter.html

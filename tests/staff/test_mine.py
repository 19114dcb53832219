"""My account: what one changes oneself."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from baqylau.journal.models import Entry
from baqylau.staff.models import Sitting
from tests.cast import PASSPHRASE, Cast, Person, sign_in

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db
WORDS = "лампа озеро верблюд июль"


def _passphrase(person: Person, now: str = PASSPHRASE, new: str = WORDS) -> "Answer":
    form = {"now": now, "passphrase": new, "again": new}
    return person.client.post("/desk/me/passphrase/", form)


def test_the_page_shows_roles_and_where_one_is_signed_in(cast: Cast) -> None:
    cast.lawyer.client.get("/desk/")
    page = cast.lawyer.client.get("/desk/me/").text
    assert "Заңгер" in page
    assert "осы жер" in page


def test_a_new_passphrase_ends_every_other_session(cast: Cast) -> None:
    elsewhere = sign_in(cast.lawyer.user)
    assert elsewhere.get("/desk/").status_code == 200
    assert _passphrase(cast.lawyer).status_code == 302
    assert cast.lawyer.client.get("/desk/me/").status_code == 200
    assert elsewhere.get("/desk/").status_code == 302
    cast.lawyer.user.refresh_from_db()
    assert cast.lawyer.user.check_password(WORDS)


def test_a_wrong_passphrase_changes_nothing_and_is_slowed_down(cast: Cast) -> None:
    for _number in range(12):
        page = _passphrase(cast.lawyer, now="wrong").text
    assert "минуттан кейін" in page
    cast.lawyer.user.refresh_from_db()
    assert cast.lawyer.user.check_password(PASSPHRASE)


def test_a_weak_new_passphrase_is_refused_beside_its_field(cast: Cast) -> None:
    page = _passphrase(cast.lawyer, new="qwertyuiop12").text
    assert 'id="id_passphrase_error"' in page


def test_a_pin_needs_the_passphrase(cast: Cast) -> None:
    wrong = {"pin": "2017", "passphrase": "wrong"}
    assert "құпия сөйлеміңіз емес" in cast.lawyer.client.post("/desk/me/pin/", wrong).text
    right = {"pin": "2017", "passphrase": PASSPHRASE}
    assert cast.lawyer.client.post("/desk/me/pin/", right).status_code == 302
    cast.lawyer.user.refresh_from_db()
    assert "2017" not in cast.lawyer.user.pin
    row = Entry.objects.get(action="staff.pin_set")
    assert "2017" not in row.payload


def test_a_plain_run_is_no_pin(cast: Cast) -> None:
    form = {"pin": "1234", "passphrase": PASSPHRASE}
    assert "1234" in cast.lawyer.client.post("/desk/me/pin/", form).text
    cast.lawyer.user.refresh_from_db()
    assert cast.lawyer.user.pin == ""


def test_all_other_sessions_can_be_ended(cast: Cast) -> None:
    elsewhere = sign_in(cast.lawyer.user)
    elsewhere.get("/desk/")
    cast.lawyer.client.get("/desk/")
    cast.lawyer.client.post("/desk/me/end-others/")
    assert cast.lawyer.client.get("/desk/me/").status_code == 200
    assert elsewhere.get("/desk/").status_code == 302
    assert Sitting.objects.filter(user=cast.lawyer.user).count() == 1


def test_signing_out_ends_the_shift(cast: Cast) -> None:
    cast.lawyer.client.get("/desk/")
    cast.lawyer.client.post("/desk/sign-out/")
    assert cast.lawyer.client.get("/desk/").status_code == 302
    assert not Sitting.objects.filter(user=cast.lawyer.user).exists()


def test_signing_out_needs_a_press_of_the_button(cast: Cast) -> None:
    assert cast.lawyer.client.get("/desk/sign-out/").status_code == 200
    assert cast.lawyer.client.get("/desk/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "signup/",
        "sign-up/",
        "password/reset/",
        "email/",
        "confirm-email/",
        "login/",
        "login/code/",
        "inactive/",
        "mfa/",
        "social/login/",
    ],
)
def test_pages_of_allauth_that_nobody_needs_do_not_exist(client: Client, address: str) -> None:
    assert client.get(f"/desk/{address}").status_code == 404
    assert client.get(f"/accounts/{address}").status_code == 404


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    "address",
    ["", "passphrase/", "pin/", "factors/", "confirm/", "confirm/code/"],
)
def test_every_page_of_mine_speaks_each_language(cast: Cast, language: str, address: str) -> None:
    browser = cast.lawyer.client
    browser.post("/desk/language/", {"language": language, "next": "/desk/"})
    answer = browser.get(f"/desk/me/{address}", follow=True)
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert 'style="' not in answer.text

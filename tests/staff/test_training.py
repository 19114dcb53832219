"""Accounts of the training site, and words of the console."""

import re
from collections import Counter
from io import StringIO

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from baqylau.config import console
from baqylau.kernel.errors import DomainError
from baqylau.kernel.roles import Role
from baqylau.staff import queries, rules, training
from baqylau.staff.models import User
from tests.cast import make_user

# Their worklists warn of keys and reports, which the sealed database knows of.
pytestmark = pytest.mark.django_db(databases=["default", "sealed"])


def _load() -> int:
    seen: list[tuple[int, int]] = []
    rows = training.load(2017, 1, lambda done, total: seen.append((done, total)))
    assert seen[-1] == (rows, rows)
    return rows


def test_there_is_one_account_for_each_role_and_two_intake_officers() -> None:
    assert _load() == len(Role) + 1
    held = Counter(role for user in User.objects.all() for role in queries.roles_of(user))
    assert held == {role: 2 if role == Role.INTAKE_OFFICER else 1 for role in Role}


def test_loading_again_changes_nothing() -> None:
    _load()
    before = list(User.objects.order_by("pk").values())
    _load()
    assert list(User.objects.order_by("pk").values()) == before


def test_the_printed_passphrase_and_pin_open_every_desk() -> None:
    _load()
    lines = list(training.notes())
    assert training.PASSPHRASE in lines[-1]
    assert rules.is_pin(training.PIN)
    addresses = re.findall(r"\S+@example\.org", "\n".join(lines))
    assert len(addresses) == len(training.PEOPLE)
    for email in addresses[:3]:
        browser = Client()
        form = {"login": email, "password": training.PASSPHRASE}
        assert browser.post("/desk/sign-in/", form).headers["Location"] == "/desk/"
        browser.get("/desk/")
        browser.post("/desk/lock/", {"next": "/desk/"})
        again = browser.post("/desk/lock/reopen/", {"secret": training.PIN})
        assert again.headers["Location"] == "/desk/"


def test_a_production_site_gets_no_training_account(settings: Settings) -> None:
    settings.IS_TRAINING = False
    with pytest.raises(DomainError):
        training.load(2017, 1, lambda _done, _total: None)
    assert not User.objects.exists()


def _say(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with translation.override("en"):
        options = console.parser().parse_args(list(words))
        try:
            status = int(options.run(options))
        except DomainError as error:
            return 2, "", str(error)
    out = capsys.readouterr()
    return status, out.out, out.err


def test_the_console_opens_an_account_and_prints_its_link(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ("invite", "Zhanar@example.org", "--role", "administrator", "--name", "Жанар")
    status, out, _err = _say(capsys, *words)
    assert status == 0
    user = User.objects.get(email="zhanar@example.org")
    assert queries.roles_of(user) == {"administrator"}
    link = re.search(r"http://localhost:8000(/desk/invitation/\S+)", out)
    assert link
    assert "Жанар" in Client().get(link[1]).text


def test_the_console_makes_a_new_link_for_somebody_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    user = make_user("editor")
    status, out, _err = _say(capsys, "invite", user.email, "--role", "adviser")
    assert status == 0
    assert queries.roles_of(user) == {"editor", "adviser"}
    assert "/desk/invitation/" in out


def test_in_production_the_link_is_https(
    capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    settings.HTTPS = True
    settings.ALLOWED_HOSTS = ["baqylau.example.kz"]
    _status, out, _err = _say(capsys, "invite", "a@example.org")
    assert "https://baqylau.example.kz/desk/invitation/" in out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("not-an-address",), "is no email address"),
        (("a@example.org", "--role", "king"), "There is no role “king”"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sentence: str
) -> None:
    status, _out, err = _say(capsys, "invite", *words)
    assert status == 2
    assert sentence in err
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("language", "word"), [("kk", "тіркелгі"), ("ru", "учётную"), ("en", "account")]
)
def test_the_help_speaks_each_language(language: str, word: str) -> None:
    with translation.override(language):
        out = StringIO()
        console.parser().print_help(out)
    assert word in out.getvalue()

"""The administrator's settings page: what it changes, for whom, and what it never shows."""

import re
import subprocess
import sys
import time

import pytest
from django.conf import settings as configured
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from baqylau.config.environment import Told, masked, tell
from baqylau.journal.models import Entry
from baqylau.kernel import channels
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.staff import services
from baqylau.web import queries
from baqylau.web.models import SiteSetting
from baqylau.web.rules import Name
from tests.cast import Cast

pytestmark = pytest.mark.django_db

PAGE = "/desk/settings/"


@pytest.fixture(autouse=True)
def _ask_the_database(_nothing_set_at_the_desk: None, settings: Settings) -> None:
    settings.STAFF_IDLE = 300
    queries.shelf.forget()


def _typed(**changes: str) -> dict[str, str]:
    return {**queries.site_settings(), "seen": services.stamp(), **changes}


def _change(cast: Cast, **changes: str) -> int:
    values = {**queries.site_settings(), **changes}
    actor = cast.administrator.actor
    return services.change_settings(values=values, seen=services.stamp(), actor=actor)


def test_a_new_name_stands_on_the_public_site_at_once(cast: Cast) -> None:
    assert "Ашық Тараз" not in Client().get("/").text
    answer = cast.administrator.client.post(
        PAGE, _typed(organisation_kk="  Ашық \u200b Тараз ", phone="+7 726 245 11 22"), follow=True
    )
    assert "Баптаулар сақталды" in answer.text
    page = Client().get("/").text
    assert "Ашық Тараз" in page
    assert 'href="tel:+77262451122"' in page
    assert "Гражданский контроль" in Client().get("/ru/").text


def test_only_an_administrator_sees_and_changes_the_settings(cast: Cast) -> None:
    for person in (cast.adviser, cast.lawyer, cast.coordinator, cast.editor):
        assert person.client.get(PAGE).status_code == 403
        assert person.client.post(PAGE, _typed(phone="1424")).status_code == 403
    assert Client().get(PAGE).status_code == 302
    assert not SiteSetting.objects.exists()


def test_an_empty_field_and_the_value_of_the_file_both_go_back_to_the_file(
    cast: Cast, settings: Settings
) -> None:
    settings.PHONE = "1414"
    _change(cast, phone="1424")
    assert queries.phone() == "1424"
    _change(cast, phone="")
    assert (queries.phone(), SiteSetting.objects.count()) == ("1414", 0)
    _change(cast, phone="1424")
    _change(cast, phone="1414")
    assert (queries.phone(), SiteSetting.objects.count()) == ("1414", 0)


def test_the_page_says_what_the_file_would_give(cast: Cast, settings: Settings) -> None:
    settings.PHONE = "1414"
    _change(cast, phone="1424")
    page = cast.administrator.client.get(PAGE).text
    assert 'value="1424"' in page
    assert "Бос қалса: 1414" in page


def test_the_journal_holds_codes_and_no_words(cast: Cast) -> None:
    assert _change(cast, organisation_ru="Открытый Тараз", idle_minutes="7") == 2
    entries = Entry.objects.filter(action="staff.setting_changed").order_by("number")
    told = [(entry.subject, entry.payload) for entry in entries]
    assert told == [
        ("setting:organisation_ru", '{"from":"desk"}'),
        ("setting:idle_minutes", '{"from":"desk","minutes":7}'),
    ]
    assert all(entry.actor == cast.administrator.actor.key for entry in entries)


def test_what_did_not_change_is_not_journalled(cast: Cast) -> None:
    assert _change(cast) == 0
    assert not Entry.objects.filter(action="staff.setting_changed").exists()


def test_the_desk_locks_after_the_minutes_that_were_stored(cast: Cast) -> None:
    _change(cast, idle_minutes="12")
    assert queries.idle_seconds() == 720
    assert 'data-lock="720"' in cast.adviser.client.get("/desk/").text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("organisation_kk", "x" * 81),
        ("organisation_kk", "1234"),
        ("organisation_ru", "Тараз\ue000"),
        ("phone", "ring us"),
        ("phone", "12"),
        ("phone", "+7 726 245 00 00 00 00 00"),
        ("idle_minutes", "0"),
        ("idle_minutes", "121"),
        ("idle_minutes", "soon"),
        ("safe_channel", "http://report.example.org"),
        ("safe_channel", "https://user@report.example.org"),
        ("safe_channel", "https://[report"),
        ("safe_channel", "javascript:alert(1)"),
        ("safe_channel", "https://report.example.org/" + "x" * 60),
        ("safe_channel_kk", "Сөйлем бар, мекенжай жоқ."),
    ],
)
def test_what_cannot_stand_is_refused_beside_its_field_and_nothing_is_stored(
    cast: Cast, field: str, typed: str
) -> None:
    answer = cast.administrator.client.post(PAGE, _typed(**{"phone": "1424", field: typed}))
    assert answer.status_code == 200
    assert 'role="alert"' in answer.text
    place = "safe_channel" if field == "safe_channel_kk" else field
    assert f'id="id_{place}_error"' in answer.text
    assert not SiteSetting.objects.exists()


def test_a_safe_channel_needs_its_sentence_in_every_language(cast: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        _change(cast, safe_channel="1424", safe_channel_kk="Сенім телефоны.")
    assert refused.value.field == "safe_channel_ru"
    assert queries.safe_channel() is None


def test_the_safe_channel_is_read_in_the_language_that_is_spoken(cast: Cast) -> None:
    words = {f"safe_channel_{code}": f"{code}." for code in ("kk", "ru", "en")}
    _change(cast, safe_channel="+7 (727) 250-00-01", **words)
    with translation.override("ru"):
        channel = queries.safe_channel()
    assert channel is not None
    assert (channel.address, channel.link) == ("+7 (727) 250-00-01", "tel:+77272500001")
    assert channel.sentence == "ru."
    _change(cast, safe_channel="https://xabar.example.kz/t")
    channel = queries.safe_channel()
    assert channel is not None
    assert channel.link == channel.address == "https://xabar.example.kz/t"


def test_without_a_language_its_fields_are_not_asked_for(cast: Cast, settings: Settings) -> None:
    settings.LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский")]
    page = cast.administrator.client.get(PAGE).text
    assert "organisation_ru" in page
    assert "organisation_en" not in page
    answer = cast.administrator.client.post(PAGE, _typed(phone="1424"))
    assert answer.status_code == 302


def test_the_slower_of_two_administrators_is_told_and_loses_nothing(cast: Cast) -> None:
    mine = _typed(organisation_ru="Открытый Тараз")
    _change(cast, phone="1424")
    answer = cast.administrator.client.post(PAGE, mine)
    assert "басқа біреу өзгертті" in answer.text
    assert 'value="Открытый Тараз"' in answer.text
    assert queries.organisation("ru") == "Гражданский контроль"
    again = dict(re.findall(r'name="([a-z_]+)"[^>]*value="([^"]*)"', answer.text))
    fresh = re.search(r'name="seen" value="(\w+)"', answer.text)
    assert fresh is not None
    sent = {**mine, **{k: v for k, v in again.items() if k in mine}, "seen": fresh[1]}
    assert cast.administrator.client.post(PAGE, sent).status_code == 302
    assert queries.organisation("ru") == "Открытый Тараз"


def test_a_stale_stamp_is_a_conflict(cast: Cast) -> None:
    values = {**queries.site_settings(), "phone": "1424"}
    with pytest.raises(ConflictError):
        services.change_settings(values=values, seen="", actor=cast.administrator.actor)


def test_what_was_read_costs_no_second_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        queries.organisation("kk")
        queries.phone()
        queries.safe_channel()


def test_while_the_database_is_silent_the_last_values_hold(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    _change(cast, phone="1424")
    assert queries.phone() == "1424"
    queries.shelf.forget()

    def silent(*_args: object, **_kwargs: object) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(SiteSetting.objects, "values_list", silent)
    assert queries.phone() == "1424"


@pytest.mark.parametrize("row", [("colour", "red"), ("phone", "")])
def test_the_database_itself_refuses_unknown_and_empty_settings(row: tuple[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteSetting.objects.create(name=row[0], value=row[1])


READER = """
import django, sys, time
django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
from baqylau.web import queries
print(queries.phone() or "-", flush=True)
sys.stdin.readline()
time.sleep(queries.TRUSTED + 0.1)
print(queries.phone(), flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_another_process_goes_by_the_new_value_within_a_second(cast: Cast) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the other process finds the test database by its file")
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(connection.settings_dict["NAME"])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={
            "DJANGO_SETTINGS_MODULE": "baqylau.config.settings",
            "BAQYLAU_HOME": str(configured.HOME),
        },
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "-\n"
        _change(cast, phone="1424")
        other.stdin.write("\n")
        other.stdin.flush()
        assert other.stdout.readline() == "1424\n"


def test_a_second_later_what_was_read_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries.shelf, "trusted", 0.05)
    assert queries.phone() == ""
    SiteSetting.objects.create(name=Name.PHONE, value="1424")
    assert queries.phone() == ""
    time.sleep(0.06)
    assert queries.phone() == "1424"


def test_the_page_lists_what_only_the_machine_changes_and_hides_passwords(
    cast: Cast, settings: Settings
) -> None:
    told = tell({"BAQYLAU_EMAIL_URL": "smtp://baqylau:geheim@mail.example.org:587"})
    settings.SETTINGS_TOLD = told
    page = cast.administrator.client.get(PAGE).text
    assert "smtp://•••@mail.example.org:587" in page
    assert "geheim" not in page
    assert "BAQYLAU_HOSTS" in page
    assert "BAQYLAU_PHONE" not in page


def test_each_setting_says_where_it_is_set(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("home")
    (home / "baqylau.toml").write_text("port = 9000\nhttps = false\n")
    (home / "mail").write_text("smtp://u:p@h:25")
    environ = {
        "BAQYLAU_HOME": str(home),
        "BAQYLAU_HTTPS": "True",
        "BAQYLAU_EMAIL_URL_FILE": str(home / "mail"),
    }
    found: dict[str, Told] = {told.variable: told for told in tell(environ)}
    places = [found[f"BAQYLAU_{name}"].where for name in ("PORT", "HTTPS", "EMAIL_URL", "MODE")]
    assert places == ["file", "environment", "secret", "default"]
    assert found["BAQYLAU_HTTPS"].value == "True"


SIGNS = st.text("abcXYZ019:/@?#%+ ._-[]", max_size=12)


@given(user=SIGNS, password=SIGNS.map(lambda text: f"Geheim{text}Geheim"), tail=SIGNS)
def test_no_password_is_ever_shown_whatever_signs_it_holds(
    user: str, password: str, tail: str
) -> None:
    shown = masked(f"postgresql://{user}:{password}@db.example.org:5432/name{tail}")
    assert "Geheim" not in shown
    assert "Geheim" not in masked(f"postgresql:///name?host=/run&password={password}")


def test_an_address_without_a_password_is_shown_whole() -> None:
    assert (
        masked("postgresql://db.example.org:5432/name") == "postgresql://db.example.org:5432/name"
    )
    assert masked("") == ""
    assert masked("nonsense") == "•••"


@given(st.text(max_size=90))
def test_any_text_is_either_a_sound_channel_or_refused(text: str) -> None:
    if channels.is_channel(text):
        assert text.isprintable()
        assert channels.is_phone(text) or text.startswith(("https:", "HTTPS:"))

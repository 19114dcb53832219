"""Loading what ships: once, quickly, and never over what a person has changed."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baqylau.journal.models import Entry
from baqylau.law.calendar import Day, DayKind
from baqylau.law.rule_table import shipped_rules
from baqylau.law.seed import seeded_calendar
from baqylau.law.words import Wording
from baqylau.lawbook.labels import ALLOWED
from baqylau.lawbook.models import Edition, LetterTemplateVersion, RuleVersion
from baqylau.lawbook.queries.book import book, read_book, rules_on
from baqylau.lawbook.queries.letters import letter, preview
from baqylau.lawbook.rules import places_in, strange_places
from baqylau.lawbook.services.calendar import set_day
from baqylau.lawbook.services.letters import enter_letter
from baqylau.lawbook.services.rulebook import enter_version, verify
from baqylau.lawbook.services.seed import seed, shipped_letters
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SPRING = date(2026, 3, 5)


def forget_fingerprint() -> None:
    """Pretend that another state of the shipped tables was loaded."""
    Edition.objects.update(seeded_with="")


def test_the_database_holds_exactly_what_ships(seeded: None) -> None:
    assert set(book().rules) == set(shipped_rules())
    assert book().calendar == seeded_calendar()


def test_loading_again_changes_nothing_and_costs_one_query(seeded: None) -> None:
    before = read_book()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        seed()
    assert len(queries) == 1
    assert read_book() == before


def test_loading_takes_a_bounded_number_of_queries(db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        seed()
    assert len(queries) < 80, "rows are written in bulk"


def test_loading_is_in_the_journal(seeded: None) -> None:
    assert Entry.objects.filter(action="lawbook.seeded", actor="system").count() == 1


def test_a_rule_that_a_lawyer_has_rewritten_stays(seeded: None, cast: Cast) -> None:
    ours = replace(rules_on(SPRING)["app.answer"], amount=10, valid_from=date(2026, 1, 1))
    enter_version(rule=ours, base=1, actor=cast.lawyer.actor)
    forget_fingerprint()
    seed()
    assert rules_on(SPRING)["app.answer"].amount == 10
    assert RuleVersion.objects.filter(rule_id="app.answer").count() == 2


def test_a_rule_that_a_lawyer_has_checked_stays(seeded: None, cast: Cast) -> None:
    verify(
        rule_id="app.answer", number=1, verified_by="А. Б.", verified_on=date(2026, 1, 9),
        actor=cast.lawyer.actor,
    )  # fmt: skip
    RuleVersion.objects.filter(rule_id="app.answer").update(amount=14)
    forget_fingerprint()
    seed()
    assert rules_on(SPRING)["app.answer"].amount == 14


def test_a_rule_that_nobody_touched_follows_what_ships(seeded: None) -> None:
    RuleVersion.objects.filter(rule_id="app.answer").update(amount=14)
    forget_fingerprint()
    seed()
    assert rules_on(SPRING)["app.answer"].amount == 15
    old, new = RuleVersion.objects.filter(rule_id="app.answer").order_by("number")
    assert (old.amount, old.replaced_at is None) == (14, False)
    assert (new.number, new.replaced_at) == (2, None)


def test_a_year_that_somebody_changed_stays_and_the_others_follow(seeded: None, cast: Cast) -> None:
    reason = Wording("жергілікті мереке", "местный праздник", "local holiday")
    local = Day(date(2026, 6, 3), DayKind.HOLIDAY, reason)
    set_day(day=local, actor=cast.coordinator.actor)
    forget_fingerprint()
    seed()
    calendar = read_book().calendar
    assert calendar.days[local.on] == local
    assert {on for on in calendar.days if on != local.on} == set(seeded_calendar().days)


def test_a_letter_that_a_lawyer_has_rewritten_stays(seeded: None, cast: Cast) -> None:
    enter_letter(
        code="appeal", language="kk", title="Жолданым", body="{{ facts }}", base=1,
        actor=cast.lawyer.actor,
    )  # fmt: skip
    forget_fingerprint()
    seed()
    assert letter("appeal", "kk").body == "{{ facts }}"
    assert LetterTemplateVersion.objects.filter(template_id="appeal").count() == 3


@pytest.mark.parametrize("code", ALLOWED)
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_shipped_letters_have_only_places_that_are_allowed_and_all_requisites(
    code: str, language: str
) -> None:
    title, body = shipped_letters()[code, language]
    assert strange_places(title + body, ALLOWED[code]) == ()
    who = "organisation" if code == "final_document_cover" else "applicant"
    requisites = {"body_name", f"{who}_name", f"{who}_address", "letter_date"}
    assert requisites <= set(places_in(body))
    assert {"kk": "Қолы:", "ru": "Подпись:"}[language] in body


def test_shipped_letters_say_the_same_in_both_languages() -> None:
    letters = shipped_letters()
    for code in ALLOWED:
        kk, ru = letters[code, "kk"][1], letters[code, "ru"][1]
        assert set(places_in(kk)) == set(places_in(ru)), code
        assert "{" not in preview(code, "kk", "", kk).body


def test_no_shipped_letter_is_marked_as_checked(seeded: None) -> None:
    assert not LetterTemplateVersion.objects.exclude(verified_by="").exists()

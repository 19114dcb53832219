"""Dated versions of rules: closed, replaced, refused, checked; nothing overwritten."""

import re
import threading
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils.formats import date_format

from baqylau.journal.models import Entry
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.law.rules import Rule
from baqylau.lawbook.models import Change, RuleVersion
from baqylau.lawbook.queries.book import deadline, rules_on, shelf
from baqylau.lawbook.queries.versions import State, rule_of, version_pages
from baqylau.lawbook.services.editions import StaleEditionError
from baqylau.lawbook.services.rulebook import enter_version, verify
from baqylau.lawbook.services.seed import seed
from tests.cast import Cast
from tests.law.factories import term

SPRING = date(2026, 3, 5)
NEW_YEAR = date(2026, 1, 1)
AUTUMN = date(2026, 9, 1)


def answer(**changes: object) -> Rule:
    """The rule in force in spring, changed."""
    return replace(rules_on(SPRING)["app.answer"], **changes)  # type: ignore[arg-type]  # mypy does not follow names into a call


def rows() -> list[RuleVersion]:
    return list(RuleVersion.objects.filter(rule_id="app.answer").order_by("number"))


@pytest.mark.django_db
def test_a_later_version_closes_the_one_before_and_applies_from_its_day(
    seeded: None, cast: Cast
) -> None:
    enter_version(rule=answer(amount=10, valid_from=AUTUMN), base=1, actor=cast.lawyer.actor)
    old, new = rows()
    assert (old.valid_until, old.replaced_at) == (AUTUMN, None)
    assert (new.number, new.valid_from, new.created_by) == (2, AUTUMN, cast.lawyer.actor.key)
    assert deadline("app.answer", date(2026, 8, 31)).rule.amount == 15
    assert deadline("app.answer", AUTUMN).rule.amount == 10


@pytest.mark.django_db
def test_a_version_from_the_same_day_takes_the_place_of_the_old_which_is_kept(
    seeded: None, cast: Cast
) -> None:
    enter_version(rule=answer(amount=20), base=1, actor=cast.lawyer.actor)
    old, new = rows()
    assert (old.amount, old.replaced_at is not None) == (15, True)
    assert (new.amount, new.valid_from) == (20, None)
    assert rules_on(SPRING)["app.answer"].amount == 20


@pytest.mark.django_db
def test_a_version_that_runs_into_a_later_one_is_refused(seeded: None, cast: Cast) -> None:
    actor = cast.lawyer.actor
    enter_version(rule=answer(amount=10, valid_from=AUTUMN), base=1, actor=actor)
    early = answer(amount=12, valid_from=NEW_YEAR, valid_until=None)
    with pytest.raises(DomainError, match=re.escape(date_format(AUTUMN))) as refused:
        enter_version(rule=early, base=2, actor=actor)
    assert refused.value.field == "valid_until"
    fits = replace(early, valid_until=AUTUMN)
    enter_version(rule=fits, base=2, actor=actor)
    amounts = [rules_on(on)["app.answer"].amount for on in (date(2025, 12, 31), SPRING, AUTUMN)]
    assert amounts == [15, 12, 10]


@pytest.mark.django_db
def test_a_new_version_begins_unchecked_even_if_the_old_one_was_checked(
    seeded: None, cast: Cast
) -> None:
    actor = cast.lawyer.actor
    verify(
        rule_id="app.answer", number=1, verified_by=" А.  Б. ", verified_on=NEW_YEAR, actor=actor
    )
    assert rules_on(SPRING)["app.answer"].verified_by == "А. Б."
    enter_version(rule=answer(amount=10, valid_from=AUTUMN), base=1, actor=actor)
    assert deadline("app.answer", SPRING).is_verified
    assert not deadline("app.answer", AUTUMN).is_verified


@pytest.mark.django_db
def test_a_check_moves_no_deadline_and_is_in_the_journal(seeded: None, cast: Cast) -> None:
    outcome = verify(
        rule_id="app.answer", number=1, verified_by="А. Б.", verified_on=NEW_YEAR,
        actor=cast.lawyer.actor,
    )  # fmt: skip
    entry = Entry.objects.order_by("-number")[0]
    assert (entry.action, entry.actor) == ("lawbook.rule_verified", cast.lawyer.actor.key)
    assert "А. Б." not in entry.payload, "the journal holds codes and dates"
    assert outcome.moved == ()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("number", "name", "on", "field"),
    [
        (1, "  ", NEW_YEAR, "verified_by"),
        (1, "А. Б.", date(2999, 1, 1), "verified_on"),
        (7, "А. Б.", NEW_YEAR, ""),
    ],
)
def test_a_check_that_cannot_be_is_refused(
    seeded: None, cast: Cast, number: int, name: str, on: date, field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        verify(
            rule_id="app.answer", number=number, verified_by=name, verified_on=on,
            actor=cast.lawyer.actor,
        )  # fmt: skip
    assert refused.value.field == field


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": replace(term(1).name, kk="екі\nжол")}, "name_kk"),
        ({"amount": 400}, "amount"),
        ({"valid_from": AUTUMN, "valid_until": NEW_YEAR}, "valid_until"),
        ({"extends": "app.redirect"}, "extends_from"),
        ({"rule_id": "Жауап"}, "rule_id"),
    ],
)
def test_what_the_table_of_rules_could_not_hold_is_refused_beside_its_field(
    seeded: None, cast: Cast, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        enter_version(rule=answer(**changes), base=1, actor=cast.lawyer.actor)
    assert refused.value.field == field
    assert len(rows()) == 1


@pytest.mark.django_db
def test_two_lawyers_who_edit_the_same_rule_do_not_overwrite_each_other(
    seeded: None, cast: Cast
) -> None:
    first = answer(amount=10, valid_from=AUTUMN)
    second = answer(amount=12, valid_from=AUTUMN)
    enter_version(rule=first, base=1, actor=cast.lawyer.actor)
    with pytest.raises(ConflictError, match="2"):
        enter_version(rule=second, base=1, actor=cast.lawyer.actor)
    assert rules_on(AUTUMN)["app.answer"].amount == 10


@pytest.mark.django_db
def test_a_change_confirmed_on_dates_that_no_longer_hold_is_refused(
    seeded: None, cast: Cast
) -> None:
    rule = answer(amount=10, valid_from=AUTUMN)
    with pytest.raises(StaleEditionError):
        enter_version(rule=rule, base=1, actor=cast.lawyer.actor, seen=0)
    enter_version(rule=rule, base=1, actor=cast.lawyer.actor, seen=1)
    assert Change.objects.get(edition=2).action == "lawbook.rule_entered"


@pytest.mark.django_db
def test_a_code_that_is_taken_is_no_new_rule(seeded: None, cast: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        enter_version(rule=answer(), base=0, actor=cast.lawyer.actor)
    assert refused.value.code == "rule_exists"
    enter_version(rule=answer(rule_id="app.other"), base=0, actor=cast.lawyer.actor)
    assert rules_on(SPRING)["app.other"].amount == 15


@pytest.mark.django_db
def test_a_rule_cannot_extend_one_that_is_not_there(seeded: None, cast: Cast) -> None:
    extending = replace(rules_on(SPRING)["app.extend_max"], extends="app.nothing")
    with pytest.raises(DomainError) as refused:
        enter_version(rule=extending, base=1, actor=cast.lawyer.actor)
    assert refused.value.field == "extends"


@pytest.mark.django_db
def test_the_page_of_a_rule_tells_states_and_differences(seeded: None, cast: Cast) -> None:
    actor = cast.lawyer.actor
    enter_version(rule=answer(amount=14), base=1, actor=actor)
    enter_version(rule=answer(amount=10, valid_from=AUTUMN), base=2, actor=actor)
    pages = version_pages("app.answer", SPRING)
    assert [page.state for page in pages] == [State.FUTURE, State.IN_FORCE, State.REPLACED]
    changed = {(one.old, one.new) for one in pages[0].differences}
    assert ("14", "10") in changed
    assert pages[2].differences == ()
    assert version_pages("app.answer", AUTUMN)[1].state is State.PAST


@pytest.mark.django_db
@pytest.mark.parametrize(
    "columns",
    [
        {"valid_from": None, "valid_until": None},
        {"valid_from": AUTUMN, "valid_until": NEW_YEAR},
        {"verified_by": "А. Б."},
        {"extends": "app.redirect"},
        {"amount": 261},
        {"reading": "heard"},
    ],
)
def test_the_database_itself_refuses_a_version_that_cannot_be(
    seeded: None, columns: dict[str, object]
) -> None:
    row = rows()[0]
    row.pk, row.number = None, 2
    for name, value in columns.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.django_db
def test_a_row_and_a_rule_are_the_same_thing(seeded: None) -> None:
    assert {rule_of(row) for row in RuleVersion.objects.all()} == set(rules_on(SPRING).values())


@pytest.mark.django_db(transaction=True)
def test_of_two_lawyers_at_the_very_same_moment_one_is_told() -> None:
    seed()
    shelf.forget()
    actor = Cast().lawyer.actor
    rules = [answer(amount=amount, valid_from=AUTUMN) for amount in (10, 12)]
    start = threading.Barrier(2)
    results: list[str] = []

    def write(rule: Rule) -> None:
        start.wait()
        try:
            enter_version(rule=rule, base=1, actor=actor)
            results.append("entered")
        except ConflictError:
            results.append("told")
        connections.close_all()

    threads = [threading.Thread(target=write, args=[rule]) for rule in rules]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["entered", "told"]
    assert len(rows()) == 2

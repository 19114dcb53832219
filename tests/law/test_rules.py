"""Rules as dated versions, and the table that holds them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.law.amounts import Unit
from baqylau.law.errors import LawError
from baqylau.law.rule_table import COLUMNS, read_rules, shipped_rules, write_rules
from baqylau.law.rules import Reading, Rule, rule_on, rules_on
from baqylau.law.tables import shipped_lines
from tests.law.factories import SOME_DAY, checked, shipped

pytestmark = pytest.mark.once
TURN = date(2026, 7, 1)

# What the acts say, in short: rule, amount, unit, how it came to be known.
GIVEN = """
app.register 0 working_day read
app.talon 0 calendar_day read
app.redirect 3 working_day read
app.answer 15 working_day read
app.extend_max 2 month read
app.extend_notice 3 working_day read
app.silence_refusal 0 calendar_day read
cmp.file 3 month read
cmp.forward 3 working_day read
cmp.decide 20 working_day memory
court.file 1 month memory
svc.complaint_provider 5 working_day read
svc.complaint_quality_body 15 working_day memory
svc.draft_discussion 10 working_day read
pc.final_doc_send 7 working_day read
pc.final_doc_answer 10 working_day read
pc.hearing_notice -3 working_day read
info.answer 15 calendar_day memory
info.extend 15 calendar_day memory
info.redirect 3 working_day memory
council.answer 10 working_day memory
pd.breach_authority 1 working_day read
"""


def versions() -> tuple[Rule, Rule]:
    old = replace(shipped("app.answer"), valid_until=TURN)
    return old, replace(old, amount=10, valid_from=TURN, valid_until=None)


def edited(column: str, value: str) -> list[str]:
    """Return a table of one rule with one cell changed."""
    header, first, *_ = shipped_lines("rules.tsv")
    cells = first.split("\t")
    cells[COLUMNS.index(column)] = value
    return [header, "\t".join(cells)]


def test_the_shipped_rules_are_those_of_the_acts() -> None:
    rows = [f"{rule.rule_id} {rule.amount} {rule.unit} {rule.reading}" for rule in shipped_rules()]
    assert rows == GIVEN.strip().splitlines()


def test_no_shipped_rule_claims_a_lawyers_check() -> None:
    assert not any(rule.is_verified for rule in shipped_rules())


def test_every_shipped_rule_names_its_act_and_the_day_of_its_adoption() -> None:
    for rule in shipped_rules():
        assert rule.source.startswith("adilet.zan.kz: "), rule.rule_id
        assert rule.adopted_on is not None, rule.rule_id


def test_only_the_councils_rule_has_no_article() -> None:
    assert [rule.rule_id for rule in shipped_rules() if not rule.article] == ["council.answer"]


def test_extending_rules_extend_a_rule_that_exists() -> None:
    known = {rule.rule_id for rule in shipped_rules()}
    extending = {rule.rule_id: rule.extends for rule in shipped_rules() if rule.extends}
    assert extending == {"app.extend_max": "app.answer", "info.extend": "info.answer"}
    assert set(extending.values()) <= known


def test_a_rule_is_verified_only_with_a_name_and_a_day() -> None:
    rule = shipped("app.answer")
    assert checked(rule).is_verified
    assert not replace(rule, verified_by="lawyer").is_verified
    assert not replace(rule, verified_on=SOME_DAY).is_verified


def test_the_version_in_force_on_the_day_of_the_event_is_taken() -> None:
    old, new = versions()
    assert rule_on([old, new], "app.answer", date(2026, 6, 30)) is old
    assert rule_on([old, new], "app.answer", TURN) is new
    assert rules_on([old, new], TURN) == {"app.answer": new}


def test_a_rule_that_is_not_in_force_yet_is_not_applied() -> None:
    _, new = versions()
    with pytest.raises(LawError) as refusal:
        rule_on([new], "app.answer", date(2026, 6, 30))
    assert refusal.value.code == "rule_not_in_force"
    assert rules_on([new], date(2026, 6, 30)) == {}


def test_an_unknown_rule_is_named_in_the_refusal() -> None:
    with pytest.raises(LawError) as refusal:
        rule_on(shipped_rules(), "app.anser", SOME_DAY)
    assert refusal.value.code == "unknown_rule"
    assert "app.anser" in refusal.value.sentence("kk")


def test_two_versions_of_one_day_are_refused() -> None:
    old, new = versions()
    with pytest.raises(LawError) as refusal:
        rules_on([replace(old, valid_until=None), new], TURN)
    assert refusal.value.code == "overlapping_rules"
    with pytest.raises(LawError) as refusal:
        read_rules(write_rules([replace(old, valid_until=date(2026, 7, 2)), new]))
    assert refusal.value.code == "overlapping_rules"


def test_the_shipped_table_is_written_back_as_it_was_read() -> None:
    assert write_rules(shipped_rules()) == shipped_lines("rules.tsv")


@given(
    amount=st.integers(-12, 12),
    unit=st.sampled_from(Unit),
    reading=st.sampled_from(Reading),
    is_receipt=st.booleans(),
    first=st.none() | st.dates(date(2000, 1, 1), date(2020, 1, 1)),
    until=st.none() | st.dates(date(2020, 1, 2), date(2040, 1, 1)),
    checker=st.none() | st.just(("А. Сейітова", date(2026, 5, 4))),
)
def test_a_rule_survives_the_way_through_the_table(
    amount: int,
    unit: Unit,
    reading: Reading,
    is_receipt: bool,
    first: date | None,
    until: date | None,
    checker: tuple[str, date] | None,
) -> None:
    name, on = checker or ("", None)
    rule = replace(
        shipped("app.answer"),
        amount=amount,
        unit=unit,
        reading=reading,
        is_receipt=is_receipt,
        valid_from=first,
        valid_until=until,
        verified_by=name,
        verified_on=on,
    )
    assert read_rules(write_rules([rule])) == (rule,)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("rule_id", "App Answer"),
        ("name_kk", ""),
        ("passes_en", ""),
        ("amount", "fifteen"),
        ("amount", "261"),
        ("unit", "day"),
        ("receipt", "maybe"),
        ("extends", "app.answer"),
        ("extends_from", "end"),
        ("adopted_on", "29.06.2020"),
        ("valid_from", "2026-02-30"),
        ("status", "guessed"),
        ("verified_on", "2026-05-04"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(column: str, value: str) -> None:
    with pytest.raises(LawError) as refusal:
        read_rules(edited(column, value))
    assert refusal.value.code == "bad_rules"
    assert refusal.value.params["row"] == 2
    expected = "extends_from" if column == "extends" else column
    assert refusal.value.params["column"] == expected


def test_a_version_that_ends_before_it_begins_is_refused() -> None:
    old, _ = versions()
    backwards = replace(old, valid_from=TURN, valid_until=SOME_DAY)
    with pytest.raises(LawError) as refusal:
        read_rules(write_rules([backwards]))
    assert refusal.value.params == {"row": 2, "column": "valid_until"}


@pytest.mark.parametrize("name", ["А.\tСейітова", "А.\nСейітова", "А.\u2028Сейітова"])
def test_a_text_that_would_break_the_table_is_not_written(name: str) -> None:
    rule = replace(checked(shipped("app.answer")), verified_by=name)
    with pytest.raises(LawError) as refusal:
        write_rules([rule])
    assert refusal.value.params == {"row": 2, "column": "verified_by"}


@pytest.mark.parametrize("lines", [[], ["rule_id\tamount"]], ids=["empty", "other columns"])
def test_a_table_with_other_columns_is_refused(lines: list[str]) -> None:
    with pytest.raises(LawError) as refusal:
        read_rules(lines)
    assert refusal.value.params["row"] == 1


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    header, first, *_ = shipped_lines("rules.tsv")
    with pytest.raises(LawError) as refusal:
        read_rules([header, first.rsplit("\t", 1)[0]])
    assert refusal.value.params == {"row": 2, "column": f"{len(COLUMNS) - 1}/{len(COLUMNS)}"}

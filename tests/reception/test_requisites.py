"""What a letter must say: pure tables, compared with the templates that ship."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from baqylau.casework.taxonomy import Procedure, StepKind
from baqylau.documents.letters import strange_signs
from baqylau.lawbook.labels import ALLOWED, PLACES
from baqylau.lawbook.rules import places_in
from baqylau.lawbook.services.seed import shipped_letters
from baqylau.reception.rules.requisites import (
    ARTICLES,
    BODY,
    DAYS,
    KINDS,
    LONG,
    kind_of,
    lacking_places,
    missing,
)
from baqylau.reception.rules.wording import cleaned, lines
from tests.reception.lettering import WHOLE

TODAY = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are read in English here."""
    with translation.override("en"):
        yield


@pytest.mark.parametrize("code", KINDS)
def test_a_kind_asks_for_places_that_its_letter_has(code: str) -> None:
    kind = KINDS[code]
    assert set(kind.fields) <= set(ALLOWED[kind.template])
    assert set(kind.needed) - {BODY} <= set(kind.fields)
    assert set(kind.needed.values()) <= set(ARTICLES)
    assert set(kind.fields) <= set(PLACES)
    assert kind.step in {StepKind.FILED, StepKind.COMPLAINT}


@pytest.mark.parametrize("code", KINDS)
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_templates_that_ship_leave_nothing_out(code: str, language: str) -> None:
    kind = KINDS[code]
    text = shipped_letters()[kind.template, language][1]
    assert lacking_places(kind, text, places_in(text)) == ()
    assert set(kind.fields) <= set(places_in(text))


def test_a_template_without_a_place_to_sign_is_noticed() -> None:
    kind = KINDS["appeal"]
    text = shipped_letters()["appeal", "kk"][1].replace("____", "")
    assert lacking_places(kind, text, places_in(text)) == ("signature",)
    assert BODY in lacking_places(kind, text, [])


def test_a_kind_is_found_by_what_a_letter_keeps() -> None:
    for kind in KINDS.values():
        found = kind_of(kind.template, kind.procedure)
        assert found.template == kind.template
        assert found.code == kind.code
    with pytest.raises(KeyError):
        kind_of("appeal", Procedure.QUALITY)


@pytest.mark.parametrize("code", KINDS)
def test_a_whole_letter_lacks_nothing_and_an_empty_one_everything(code: str) -> None:
    kind = KINDS[code]
    assert missing(kind, {**WHOLE[code], BODY: "0000000a"}) == []
    assert {error.field for error in missing(kind, {})} == set(kind.needed)


def test_every_refusal_names_its_article_and_who_has_not_checked_it() -> None:
    for kind in KINDS.values():
        for error in missing(kind, {}):
            assert "article" in error.message
            assert "not checked by a lawyer" in error.message


@given(st.dictionaries(st.sampled_from([*PLACES, "strange"]), st.text(max_size=60)))
def test_whatever_is_typed_is_kept_clean_or_refused_with_its_field(typed: dict[str, str]) -> None:
    kind = KINDS["appeal"]
    values, refused = cleaned(kind, typed, TODAY)
    fields = [error.field for error in refused]
    assert set(values) <= set(kind.fields)
    assert not set(values) & set(fields)
    for value in values.values():
        assert value.strip() == value
        assert not strange_signs(value)
    again, none = cleaned(kind, values, TODAY)
    assert (again, none) == (values, [])


@given(st.text(), st.integers(1, 50))
def test_lines_are_never_longer_than_allowed_and_never_end_in_gaps(text: str, limit: int) -> None:
    found = lines(text, limit)
    assert len(found) <= limit
    assert found == found.strip()
    assert "\n\n\n" not in found


@pytest.mark.parametrize("name", sorted(DAYS))
def test_days_to_come_are_refused(name: str) -> None:
    kind = next(kind for kind in KINDS.values() if name in kind.fields)
    assert cleaned(kind, {name: "2026-06-30"}, TODAY) == ({name: "2026-06-30"}, [])
    _values, refused = cleaned(kind, {name: "2026-07-02"}, TODAY)
    assert [error.field for error in refused] == [name]


def test_silence_begins_the_day_after_the_term() -> None:
    _values, refused = cleaned(KINDS["silence"], {"answer_due": "2026-07-01"}, TODAY)
    assert ["not passed" in error.message for error in refused] == [True]


def test_what_is_too_long_is_refused_and_what_just_fits_is_not() -> None:
    for name in ("applicant_name", "facts"):
        limit = LONG.get(name, 240)
        kind = KINDS["appeal"]
        assert cleaned(kind, {name: "а" * limit}, TODAY)[1] == []
        assert len(cleaned(kind, {name: "а" * (limit + 1)}, TODAY)[1]) == 1

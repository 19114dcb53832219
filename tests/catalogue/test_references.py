"""References, rule codes, addresses, and what is kept of a missed query."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from baqylau.catalogue.rules.addresses import SLUG, SLUG_LIMIT, slug_of
from baqylau.catalogue.rules.missed import MISSED_LIMIT, MISSED_WORDS, keepable
from baqylau.catalogue.rules.names import holds_a_name
from baqylau.catalogue.rules.references import (
    REFERENCES,
    RULES,
    UnreadableReferenceError,
    read_references,
    read_rules,
    write_references,
)

pytestmark = pytest.mark.once

ACTS = ("APPC No 350-VI 29.06.2020", "Public services No 88-V 15.04.2013")
references = st.lists(
    st.fixed_dictionaries(
        {"act": st.sampled_from(ACTS), "article": st.sampled_from(["", "25", "91(2)", "12-1, 13"])}
    ),
    max_size=8,
    unique_by=lambda row: (row["act"], row["article"]),
)


@given(references)
def test_references_are_read_as_they_were_written(rows: list[dict[str, str]]) -> None:
    assert read_references(write_references(rows), ACTS) == rows


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    reasons = {"", "unknown_act", "article", "rule", "too_many"}
    assert _reason(lambda: read_references(text, ACTS)) in reasons
    assert _reason(lambda: read_rules(text)) in reasons


def _reason(read: Callable[[], object]) -> str:
    try:
        read()
    except UnreadableReferenceError as error:
        return error.reason
    return ""


def test_an_act_that_nobody_knows_is_named() -> None:
    with pytest.raises(UnreadableReferenceError) as refused:
        read_references(f"{ACTS[0]} | 91\nАуа райы туралы | 1", ACTS)
    assert (refused.value.reason, refused.value.line) == ("unknown_act", "Ауа райы туралы | 1")


def test_the_same_reference_twice_stands_once_and_there_is_a_limit() -> None:
    assert len(read_references(f"{ACTS[0]} | 1\n{ACTS[0]}|1", ACTS)) == 1
    many = "\n".join(f"{ACTS[0]} | {number}" for number in range(REFERENCES + 1))
    with pytest.raises(UnreadableReferenceError, match="too_many"):
        read_references(many, ACTS)


def test_rule_codes_may_be_parted_by_anything_usual() -> None:
    assert read_rules("app.answer, cmp.file\n app.answer;svc.complaint_provider") == [
        "app.answer",
        "cmp.file",
        "svc.complaint_provider",
    ]
    assert read_rules(" \n") == []
    with pytest.raises(UnreadableReferenceError, match="rule"):
        read_rules("app.answer және басқа")
    with pytest.raises(UnreadableReferenceError, match="too_many"):
        read_rules(" ".join(f"app.rule{number}" for number in range(RULES + 1)))


@given(st.text(max_size=120), st.sets(st.text("abc-", max_size=4)))
@example("", set())
@example("Жеке куәлік пен паспорт алу", set())
def test_an_address_is_plain_and_free(name: str, taken: set[str]) -> None:
    slug = slug_of(name, taken)
    assert SLUG.fullmatch(slug)
    assert slug not in taken
    assert len(slug) <= SLUG_LIMIT + 4


def test_an_address_keeps_english_words_and_counts_up_when_taken() -> None:
    assert slug_of("Issue of the driver's licence", ()) == "issue-drivers-licence"
    assert slug_of("Apostille", {"apostille"}) == "apostille-2"
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", slug_of("Жер кезегі", ()))


@given(st.text(max_size=300))
@example("Ахметов 870412300123 тел 8 701 123 45 67 айша@mail.kz https://x.kz/?q=1")
def test_nothing_that_leads_to_a_person_is_kept_of_a_query(query: str) -> None:
    kept = keepable(query)
    assert not re.search(r"\d|@|://|www", kept)
    assert len(kept) <= MISSED_LIMIT
    assert len(kept.split()) <= MISSED_WORDS
    assert kept == kept.strip()


@pytest.mark.parametrize(
    "query",
    [
        "Гүлнар Серікқызы Иванова қарызы бар көршім",
        "гүлнар серікқызы қарызы бар",
        "қарызы бар Серікқызының көршісі",
        "нұрлан сәкенұлы жер кезегі",
        "Нурлан Сакенулы",
        "иванов жер",
        "ахметовтің құжаты",
        "жер кезегі Ахметовке қайда",
        "справка для нурланбаевой Нурланбаевой",
        "пенсия Королёва",
        "Пушкин жеке куәлік",
        "Ильина мұрагерлік",
        "Петров-Водкин",
        "петрович пенсия",
        "анна сергеевна пособие",
        "serik akhmetov land",
        "aigul serikkyzy",
        "aigul serikqyzy",
        "Nurlan Sakenuly zhер",
        "IVANOVA паспорт",
        "ирина николаевне помощь",
        "оглы АХМЕТОВА",
        "қарыз туралы көп сөзден кейін тағы бір Жүнісов",
    ],
)
def test_a_query_with_a_surname_or_patronymic_is_not_kept_at_all(query: str) -> None:
    assert keepable(query) == ""


@given(st.sampled_from(["ахмет", "төлеген", "сәрсен", "иван"]), st.text("абв ", max_size=20))
def test_a_patronymic_is_found_wherever_it_stands(stem: str, around: str) -> None:
    for ending in ("ұлы", "қызы", "ова", "ович"):
        assert keepable(f"{around} {stem}{ending} {around}") == ""


@pytest.mark.parametrize(
    "query", ["ұлы отан соғысы", "таулы аудан", "справка налогов", "здоров ли ребенок", "магазин"]
)
def test_common_words_are_taken_for_no_names(query: str) -> None:
    assert keepable(query) == query


def _said_of_services() -> list[str]:
    """Names and aliases of the services, and the queries of the benchmark."""
    root = Path(__file__).parents[2]
    seed = root / "src/baqylau/catalogue/seed"
    sources = ((seed / "services.tsv", (1, 2, 3)), (seed / "aliases.tsv", (2,)))
    said = []
    for path, columns in (*sources, (root / "benchmarks/services_queries.tsv", (0,))):
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        said += [row[column] for row in rows for column in columns]
    return said


def test_of_what_people_call_services_less_than_one_in_a_hundred_is_lost() -> None:
    said = _said_of_services()
    lost = [words for words in said if holds_a_name(words)]
    assert len(said) > 4_000
    assert len(lost) * 100 < len(said), f"{len(lost)} of {len(said)} lost: {lost[:20]}"


def test_words_are_kept_in_small_letters_and_numbers_are_dropped() -> None:
    assert keepable("  Ұшақ БИЛЕТІ 870412300123 ") == "ұшақ билеті"
    assert keepable("№ 12/45") == ""
    assert keepable("аб") == ""

"""The starter cards: complete in three languages, honest about their sources, clean in script."""

import csv
import datetime
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import baqylau

PACKAGE = Path(baqylau.__file__).parent
SEED = PACKAGE / "catalogue" / "seed"
LANGUAGES = ("kk", "ru", "en")
SERVICE_FILES = sorted((SEED / "services").glob("*.toml"))
LAW_FILES = sorted((SEED / "law").glob("*.toml"))

# Longest allowed, in characters: a card is read standing up.
SERVICE_TEXTS = {
    "title": 90,
    "answer": 400,
    "fee": 400,
    "term": 260,
    "where": 200,
    "refused": 620,
}
LAW_TEXTS = {"title": 90, "answer": 400}
LIST_ITEM = 330

# The rules of law that a card may cite: amount, unit, and whether the act was read.
# Written apart from the shipped pack on purpose: the two are compared by what the cards say.
RULES: dict[str, tuple[int, str, bool]] = {
    "app.register": (0, "working_day", True),
    "app.talon": (0, "day", True),
    "app.redirect": (3, "working_day", True),
    "app.answer": (15, "working_day", True),
    "app.extend_max": (2, "month", True),
    "app.extend_notice": (3, "working_day", True),
    "app.silence_refusal": (0, "day", True),
    "cmp.file": (3, "month", True),
    "cmp.forward": (3, "working_day", True),
    "cmp.decide": (20, "working_day", False),
    "court.file": (1, "month", False),
    "svc.complaint_provider": (5, "working_day", True),
    "svc.complaint_quality_body": (15, "working_day", False),
    "pc.final_doc_send": (7, "working_day", True),
    "pc.final_doc_answer": (10, "working_day", True),
    "pc.hearing_notice": (3, "working_day", True),
    "info.answer": (15, "calendar_day", False),
    "info.extend": (15, "calendar_day", False),
    "info.redirect": (3, "working_day", False),
    "council.answer": (10, "working_day", False),
}
UNITS = {
    "working_day": {"kk": "жұмыс күн", "ru": "рабочи", "en": "working day"},
    "calendar_day": {"kk": "күн", "ru": "календарн", "en": "calendar day"},
    "month": {"kk": "ай", "ru": "месяц", "en": "month"},
}
FROM_MEMORY = {"kk": "жадымыздан", "ru": "по памяти", "en": "from memory"}

REQUIRED_SERVICES = {
    *("s01", "s02", "s04", "s05", "s06", "s07", "s08", "s11", "s12", "s13", "s14", "s15", "s16"),
    *("s17", "s18", "s21", "s24", "s25", "s27", "s30", "s31", "s36", "s41", "s46", "s47", "s50"),
    "s74",
}
REQUIRED_LAW = {
    *("bribe", "money-asked", "money-given", "gifts", "extra-documents", "unlawful-refusal"),
    *("no-answer", "rudeness", "reward", "protection", "ethics", "how-to-complain"),
    *("public-control", "anonymous", "legal-aid"),
}

LATIN = "A-Za-z"
CYRILLIC = "Ѐ-ӿ"
MIXED = re.compile(f"[{LATIN}][{CYRILLIC}]|[{CYRILLIC}][{LATIN}]")
KAZAKH_ONLY = set("әғқңөұүһі")
# Said by mistake: the civil service for a public service, a Russian office name in Kazakh, and
# words for a person who reports that shame him.
WRONG = {
    "kk": ("мемлекеттік қызмет көрсет", "мемлекеттік қызметтер", "цон", "информатор", "справка"),
    "ru": ("мемлекет", "информатор", "стукач", "хқко", "услуги населению бесплатные"),
    "en": ("informant", "snitch", "government service", "tson"),
}


def load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def service_rows() -> list[dict[str, str]]:
    with (SEED / "services.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def strings(value: object) -> Iterator[str]:
    """Every string below a value, depth first."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def words_of(card: dict[str, Any], language: str) -> str:
    return "\n".join(strings(card[language]))


every_card = pytest.mark.parametrize("path", SERVICE_FILES + LAW_FILES, ids=lambda p: p.stem)
every_service = pytest.mark.parametrize("path", SERVICE_FILES, ids=lambda p: p.stem)
every_law = pytest.mark.parametrize("path", LAW_FILES, ids=lambda p: p.stem)


def test_the_promised_cards_are_there() -> None:
    assert len(SERVICE_FILES) >= 34
    assert len(LAW_FILES) >= 14
    assert {path.stem for path in SERVICE_FILES} >= REQUIRED_SERVICES
    assert {path.stem for path in LAW_FILES} >= REQUIRED_LAW


@every_service
def test_a_service_card_has_exactly_the_agreed_fields(path: Path) -> None:
    card = load(path)
    assert set(card) == {"code", "slug", "as_of", "source", "checked_by", "law", *LANGUAGES}
    assert card["code"] == path.stem
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", card["slug"])
    for language in LANGUAGES:
        part = card[language]
        assert set(part) == {*SERVICE_TEXTS, "documents"}
        assert part["documents"]
        for field, limit in SERVICE_TEXTS.items():
            assert 0 < len(part[field]) <= limit, (language, field, len(part[field]))


@every_law
def test_a_law_card_has_exactly_the_agreed_fields(path: Path) -> None:
    card = load(path)
    assert set(card) == {
        *("code", "order", "as_of", "source", "checked_by", "law", "rules"),
        *LANGUAGES,
    }
    assert card["code"] == path.stem
    assert isinstance(card["order"], int)
    for language in LANGUAGES:
        part = card[language]
        assert set(part) - {"warning"} == {*LAW_TEXTS, "steps", "details"}
        assert part["steps"]
        assert part["details"]
        for field, limit in LAW_TEXTS.items():
            assert 0 < len(part[field]) <= limit, (language, field, len(part[field]))


@every_law
def test_a_law_answer_is_two_to_four_sentences(path: Path) -> None:
    for language in LANGUAGES:
        answer = load(path)[language]["answer"]
        assert 2 <= len(re.findall(r"[.?!](?:\s|$)", answer)) <= 4, (language, answer)


@every_card
def test_the_three_languages_tell_the_same_things(path: Path) -> None:
    card = load(path)
    for field, value in card["kk"].items():
        if isinstance(value, list):
            counts = {len(card[language][field]) for language in LANGUAGES}
            assert len(counts) == 1, field
        assert value != card["ru"][field]
        assert value != card["en"][field]
    assert len({frozenset(card[language]) for language in LANGUAGES}) == 1


@every_card
def test_numbers_agree_between_the_languages(path: Path) -> None:
    """A sum, a term or a phone number that stands in one language stands in all."""
    card = load(path)
    found = []
    for language in LANGUAGES:
        text = re.sub(r"(?<=\d)[ ,](?=\d{3}\b)", "", words_of(card, language))
        text = re.sub(r"(?<=\d),(?=\d)", ".", text)
        found.append({number for number in re.findall(r"\d+(?:\.\d+)?", text) if len(number) > 1})
    assert found[0] == found[1] == found[2]


@every_card
def test_a_card_says_where_it_comes_from_and_that_nobody_checked_it(path: Path) -> None:
    card = load(path)
    assert card["checked_by"] == ""
    assert datetime.date(2026, 1, 1) <= card["as_of"] <= datetime.date(2026, 11, 30)
    said = card["source"]
    assert set(said) == set(LANGUAGES)
    assert re.search(r"[Gg]eneral knowledge|[Rr]ead|[Ff]rom memory", said["en"])
    assert re.search(r"[Жж]алпы білім|[Оо]қылды|[Жж]адымыз", said["kk"])
    assert re.search(r"[Оо]бщим сведениям|[Пп]рочитан|[Пп]о памяти", said["ru"])
    # The same facts in each: dates, articles and amounts do not get lost on the way.
    numbers = [sorted(re.findall(r"\d+", said[language])) for language in ("kk", "ru")]
    assert numbers[0] == numbers[1]
    assert not re.search(r"[ЀЁ-ӿ]", said["en"].replace("065/у", "").replace("052-2/у", ""))
    acts = tomllib.loads((SEED / "acts.toml").read_text(encoding="utf-8"))
    assert card["law"]
    for reference in card["law"]:
        assert set(reference) == {"act", "article"}
        assert reference["act"] in acts


def test_every_act_is_named_in_three_languages_and_cited() -> None:
    acts = tomllib.loads((SEED / "acts.toml").read_text(encoding="utf-8"))
    cited = {ref["act"] for path in SERVICE_FILES + LAW_FILES for ref in load(path)["law"]}
    assert cited == set(acts)
    for act in acts.values():
        assert set(act) == {"status", *LANGUAGES}
        assert act["status"] in {"read", "memory"}
        number = [re.findall(r"№ [\w-]+|No [\w-]+", act[language]) for language in LANGUAGES]
        assert all(number), act


@every_card
def test_every_string_is_clean(path: Path) -> None:
    for text in strings(load(path)):
        assert text == text.strip()
        assert "  " not in text
        assert not re.search(r"[<>{}\t\n\r]|&\w+;|%\(", text), text
    for language in LANGUAGES:
        for value in load(path)[language].values():
            for item in value if isinstance(value, list) else ():
                assert 0 < len(item) <= LIST_ITEM, item


@every_card
def test_no_word_mixes_latin_and_cyrillic_letters(path: Path) -> None:
    for text in strings(load(path)):
        assert not MIXED.search(text), text


@every_card
def test_each_language_is_written_in_its_own_letters(path: Path) -> None:
    card = load(path)
    for text in strings(card["kk"]):
        if len(re.findall(f"[{CYRILLIC}]", text)) >= 25:
            assert KAZAKH_ONLY & set(text.lower()), text
    assert not KAZAKH_ONLY & set(words_of(card, "ru").lower())
    cyrillic_words = re.findall(f"[{CYRILLIC}]{{2,}}", words_of(card, "en"))
    assert not cyrillic_words
    assert len(re.findall(f"[{CYRILLIC}]{{3,}}", words_of(card, "ru"))) > 40


@every_card
def test_the_terms_are_the_agreed_ones(path: Path) -> None:
    card = load(path)
    for language, wrong in WRONG.items():
        text = words_of(card, language).lower()
        assert not [word for word in wrong if re.search(rf"\b{word}", text)]


@every_law
def test_a_cited_term_stands_in_the_words_in_every_language(path: Path) -> None:
    card = load(path)
    for rule in card["rules"]:
        amount, unit, _read = RULES[rule]
        if not amount:
            continue
        for language in LANGUAGES:
            number = rf"\b{amount}\b.{{0,14}}" if amount > 1 else ""
            assert re.search(number + UNITS[unit][language], words_of(card, language)), (
                rule,
                language,
            )


@every_law
def test_a_term_from_memory_says_so_in_the_text(path: Path) -> None:
    card = load(path)
    if any(not RULES[rule][2] for rule in card["rules"]):
        for language, words in FROM_MEMORY.items():
            assert words in words_of(card, language)


def test_slugs_codes_and_order_are_unique() -> None:
    slugs = [load(path)["slug"] for path in SERVICE_FILES]
    orders = [load(path)["order"] for path in LAW_FILES]
    assert len(set(slugs)) == len(slugs)
    assert len(set(orders)) == len(orders)


def test_the_list_of_services_is_whole_and_names_every_card() -> None:
    rows = service_rows()
    groups = {
        *("family", "documents", "transport", "land and housing", "social", "health"),
        *("education", "business", "agriculture", "justice", "other"),
    }
    assert [row["code"] for row in rows] == [f"s{number:02d}" for number in range(1, 91)]
    assert {row["group"] for row in rows} == groups
    assert {path.stem for path in SERVICE_FILES} <= {row["code"] for row in rows}
    for row in rows:
        assert set(row) == {"code", "name_kk", "name_ru", "name_en", "group"}
        assert all(value == value.strip() != "" for value in row.values()), row
        assert not any(MIXED.search(value) for value in row.values()), row
    for column in ("name_kk", "name_ru", "name_en"):
        assert len({row[column] for row in rows}) == 90

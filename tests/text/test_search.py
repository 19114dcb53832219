"""What the search finds, what it refuses to guess, and what it says about it."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from benchmarks.search_quality import starter_index
from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.text import (
    Alias,
    Document,
    batch,
    build_index,
    read_aliases,
    search_as_json,
    sentences,
)

anything = st.text(st.characters(exclude_categories=()), max_size=300)


def codes(query: str, limit: int = 10) -> list[str]:
    return [hit.code for hit in starter_index().search(query, limit)]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("жең", "s16"), ("жер", "s48"), ("зей", "s17"), ("про", "s02"), ("тех", "s71"),
        ("ажы", "s07"), ("zhe", "s48"), ("бан", "s86"), ("ипо", "s52"),
    ],
)  # fmt: skip
def test_three_letters_are_enough_to_find_something(query: str, code: str) -> None:
    assert code in codes(query)


@pytest.mark.parametrize(
    "query",
    ["", " ", "?", "!!!", "qqqq", "погода", "футбол", "рецепт борща", "asdfgh", "анекдот",
     "биткоин", "көктем", "шашлык", "спартак чемпион", "\ud800", "123456", "\u200b"],
)  # fmt: skip
def test_a_hopeless_query_finds_nothing(query: str) -> None:
    assert codes(query) == []


@pytest.mark.parametrize("query", ["ТОО", "ТОО тіркеу", "открыть тоо", "too ashu"])
def test_an_abbreviation_is_not_taken_for_a_foreign_word(query: str) -> None:
    assert codes(query)[0] == "s43"


@pytest.mark.parametrize("query", ["купить телефон", "жылқы ет бағасы", "песня", "кино көру"])
def test_a_half_understood_query_is_never_confident(query: str) -> None:
    assert all(hit.score < 0.4 for hit in starter_index().search(query))


@pytest.mark.parametrize(
    "forms",
    [
        ("балабақша кезегі", "балабақшаның кезегіне", "балабақшаларға кезекте", "кезек балабақша"),
        ("зейнетақы", "зейнетақысын", "зейнетақыға", "зейнетақылар"),
        ("ажырасу", "ажырасқан", "ажырасамын", "ажырасайық"),
        ("водительские права", "водительских прав", "права водительские"),
        ("нотариус", "нотариуста", "нотариусқа", "нотариусу"),
    ],
)
def test_endings_and_word_order_keep_the_first_answer(forms: tuple[str, ...]) -> None:
    first = codes(forms[0])[0]
    assert all(first in codes(form)[:2] for form in forms)


@pytest.mark.parametrize(
    ("typo", "code"),
    [
        ("зейнтақы", "s17"), ("паспротт", "s01"), ("балабкаша кезек", "s25"), ("апастиль", "s79"),
        ("пенссия", "s17"), ("техосмтор", "s71"), ("инвалиднасть", "s61"), ("нотариюс", "s84"),
    ],
)  # fmt: skip
def test_one_slip_of_the_hand_is_forgiven(typo: str, code: str) -> None:
    assert code in codes(typo)[:3]


@pytest.mark.parametrize(
    ("query", "field", "language", "words"),
    [
        ("поменять права", "alias", "ru", ("поменять", "права")),
        ("Некені бұзуды тіркеу", "name", "kk", ("Некені", "бұзуды", "тіркеу")),
        ("zheke kualik", "alias", "kk", ("zheke", "kualik")),
        ("wheelchair", "alias", "en", ("wheelchair",)),
    ],
)
def test_a_result_says_why(query: str, field: str, language: str, words: tuple[str, ...]) -> None:
    why = starter_index().search(query)[0].why
    assert (why.field, why.language, why.words) == (field, language, words)


def test_a_reason_is_worded_in_three_languages() -> None:
    why = starter_index().search("прописка")[0].why
    said = sentences(why)
    assert set(said) == {"kk", "ru", "en"}
    assert all(why.text in sentence for sentence in said.values())


def test_words_that_stand_only_in_a_body_are_found_and_named() -> None:
    body = {"kk": "Ақысы: екі АЕК. Салық комитеті береді.", "ru": "Выдаёт комитет доходов."}
    index = build_index(
        [Document("a", {"kk": "Анықтама беру"}, (), body), Document("b", {"kk": "Бақ егу"})]
    )
    hit = index.search("комитет доходов")[0]
    assert (hit.code, hit.why.field, hit.why.language) == ("a", "body", "ru")
    assert hit.why.words == ("комитет", "доходов")
    assert "доходов" in sentences(hit.why)["kk"]


def test_a_new_alias_brings_its_service_to_the_top() -> None:
    documents = [Document("a", {"kk": "Жер беру"}), Document("b", {"kk": "Су беру"})]
    assert build_index(documents).search("мүйізтұмсық") == []
    alias = Alias("b", "kk", "мүйізтұмсық")
    index = build_index([documents[0], Document("b", {"kk": "Су беру"}, (alias,))])
    assert [hit.code for hit in index.search("мүйізтұмсыққа")] == ["b"]


def test_equal_documents_keep_their_order() -> None:
    same = [Document(code, {"kk": "Жер беру"}) for code in ("c", "a", "b")]
    assert [hit.code for hit in build_index(same).search("жер")] == ["c", "a", "b"]


def test_the_limit_is_kept_and_has_its_own_limit() -> None:
    assert len(codes("анықтама", 3)) == 3
    assert len(codes("анықтама", 10**9)) <= 100
    assert codes("анықтама", 0) == []


def test_an_empty_index_answers_with_nothing() -> None:
    assert build_index([]).search("паспорт") == []


def test_many_threads_get_the_same_answers() -> None:
    queries = ["паспорт", "жер кезегі", "больничный", "садик"] * 10
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(codes, queries)) == [codes(query) for query in queries]


@settings(max_examples=50, deadline=None)
@given(anything)
def test_no_text_can_break_the_search(text: str) -> None:
    hits = starter_index().search(text)
    assert len(hits) <= 10
    assert all(0 < hit.score <= 1 and hit.why.words for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_batch_answers_every_line_in_its_order() -> None:
    lines = ["\ufeffпаспорт\r\n", "\n", "а" * 100_000, "сын\ud800ып", "qqqq"]
    answers = [json.loads(line) for line in batch(lines, starter_index().search)]
    assert [len(answer["query"]) for answer in answers] == [7, 0, 2000, 6, 4]
    assert answers[0]["results"][0]["code"] == "s01"
    assert answers[0]["results"][0]["why"]["words"] == ["паспорт"]
    assert answers[1]["results"] == answers[4]["results"] == []


def test_one_answer_is_one_line_of_json() -> None:
    line = search_as_json("a\nb", starter_index().search("паспорт"))
    assert "\n" not in line
    assert set(json.loads(line)["results"][0]) == {"code", "score", "why"}


def test_an_alias_table_is_read_and_its_faults_are_named() -> None:
    head = "code\tlanguage\talias\tsource"
    assert list(read_aliases([head, "s1\tkk\t жер  үлесі\tsaid"])) == [
        Alias("s1", "kk", "жер үлесі")
    ]
    for line, fault in [
        ("s1\tkk\tжер", "line 2: 3 columns"),
        ("s1\tde\tжер\t", "line 2: needs"),
        ("\tkk\tжер\t", "line 2: needs"),
        ("s1\tkk\t \u200b\t", "line 2: needs"),
    ]:
        with pytest.raises(ValueError, match=fault):
            list(read_aliases([head, line]))
    with pytest.raises(ValueError, match="line 1"):
        list(read_aliases(["alias"]))

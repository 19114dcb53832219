"""The benchmark's bars: all queries, those held out, those whose words no alias has."""

import pytest
from benchmarks.scripts import SCRIPTS
from benchmarks.search_quality import (
    FRESH,
    SCRIPT_LOSS,
    TARGETS,
    carded_documents,
    mean_ndcg,
    ndcg,
    read_queries,
    select,
    starter_documents,
    starter_index,
)

from baqylau.text import build_index


@pytest.mark.parametrize("script", SCRIPTS)
def test_kazakh_reaches_its_bar_in_every_script(script: str) -> None:
    queries = select(read_queries(), "kk")
    score = mean_ndcg(starter_index(), queries, SCRIPTS[script])
    assert score >= 0.85
    assert score >= mean_ndcg(starter_index(), queries) - SCRIPT_LOSS


@pytest.mark.parametrize(("language", "bar"), TARGETS.items())
def test_every_language_reaches_its_bar(language: str, bar: float) -> None:
    assert mean_ndcg(starter_index(), select(read_queries(), language)) >= bar
    assert mean_ndcg(starter_index(), select(read_queries(), language, "held-out")) >= bar


@pytest.mark.parametrize(("language", "bar"), [("kk", 0.74), ("ru", 0.5), ("mixed", 0.9)])
def test_words_that_no_alias_foresaw_are_understood_as_far_as_before(
    language: str, bar: float
) -> None:
    assert mean_ndcg(starter_index(), select(read_queries(), language, FRESH)) >= bar


@pytest.mark.parametrize("language", ["kk", "ru", "mixed"])
def test_bodies_take_nothing_away(language: str) -> None:
    queries = select(read_queries(), language)
    carded = build_index(carded_documents())
    assert mean_ndcg(carded, queries) >= mean_ndcg(starter_index(), queries) - 0.01


def test_the_benchmark_is_large_varied_and_about_known_services() -> None:
    queries = read_queries()
    known = {document.code for document in starter_documents()}
    assert len({query.text for query in queries}) == len(queries) >= 200
    assert {code for query in queries for code in query.relevance} == known
    assert all(grade in {1, 2, 3} for query in queries for grade in query.relevance.values())


def test_no_query_is_copied_from_the_alias_table() -> None:
    aliases = {alias.text for document in starter_documents() for alias in document.aliases}
    assert [query.text for query in read_queries() if query.text in aliases] == []


def test_every_starter_service_has_everyday_words_in_kazakh_and_russian() -> None:
    for document in starter_documents():
        languages = [alias.language for alias in document.aliases]
        assert min(languages.count("kk"), languages.count("ru")) >= 5, document.code


def test_the_measure_knows_order_and_grades() -> None:
    assert ndcg(["a", "b"], {"a": 3, "b": 1}) == 1
    assert 0 < ndcg(["b", "a"], {"a": 3, "b": 1}) < 1
    assert ndcg(["c"], {"a": 3}) == 0

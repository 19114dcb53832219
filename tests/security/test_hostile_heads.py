"""Requests whose heads, questions and cookies nobody of ours would send: each is answered."""

import ast
import random
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baqylau.kernel.roles import Role
from tests.addresses import addresses
from tests.cast import make_user, sign_in
from tests.consistency.source import files, tree
from tests.security.records import Places, filled
from tests.security.test_headers import PUBLIC_PLACES
from tests.security.walking import UNWALKED

pytestmark = [pytest.mark.once, pytest.mark.django_db(databases=["default", "sealed"])]
HEADS = (
    *("Host", "Origin", "Referer", "Sec-Fetch-Site", "Accept", "Accept-Language", "Cookie"),
    *("Accept-Encoding", "Range", "If-Range", "If-None-Match", "If-Match", "If-Modified-Since"),
    *("If-Unmodified-Since", "Authorization", "User-Agent", "Forwarded", "X-Forwarded-For"),
    *("X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-Ip", "X-Visitor-Network", "X-Csrftoken"),
    *("X-Requested-With", "X-Baqylau", "Content-Type", "Content-Length", "Transfer-Encoding"),
)
"""Heads that browsers, proxies and strangers send."""
ODD = (
    *(
        "",
        " ",
        "*",
        ",",
        ";",
        "=",
        '"',
        "\\",
        "%00",
        "\x7f",
        "é",
        "0",
        "-1",
        "9" * 400,
        "a" * 9_000,
    ),
    *("null", "http://", "https://[::1", "//x", "localhost:99999", "localhost:x", "..", "x" * 300),
    *("bytes=0-", "bytes=-1", "bytes=9-1", "bytes=0-0,1-1," * 200, 'W/"', '"a","b"', "W/" * 4_000),
    *("Thu, 01 Jan 0000 00:00:00 GMT", "Thu, 31 Dec 99999 99:99:99 GMT", "kk;q=x", "kk-" * 500),
    *("Bearer", "Bearer é", "Basic Og==", "::1", "203.0.113.7, x", "fe80::1%eth0", "https, http"),
    *("text/html; charset=utf-16", "multipart/form-data", "application/json", "desk=a; desk=b"),
)
VALUES = (
    *(
        "",
        "0",
        "-1",
        "1",
        "²",
        "٣",
        "9" * 40,
        "0001-01-01",
        "9999-12-31",
        "2026-02-30",
        "10000-01-01",
    ),
    *(
        "2026-W01-1",
        "20260101",
        "2026-07-01",
        "00010101-1",
        "0001-01-01~1",
        "9999-12-31~" + "9" * 18,
    ),
    *(
        "-~reception.call~1",
        "2026",
        "0000",
        "9999",
        "2026-Q2",
        "311000000",
        "x",
        "'",
        "%",
        "\\",
        "all",
    ),
    *("қ" * 300, "\ufeff", "\u202e", "\U0001f600", "on", "true", "kk", "адресат", "К-2026-000001"),
)
TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60)


def parameters() -> list[str]:
    """Every name by which our source asks a request's question or a form's data."""
    found = {"page", "q", "after", "before"}
    for path in files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith((".get", ".getlist")):
                found |= {word for each in node.args[:1] if (word := _word(each))}
            if isinstance(node, ast.AnnAssign | ast.Assign) and "forms" in path.parts:
                targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
                found |= {each.id for each in targets if isinstance(each, ast.Name)}
            if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith(".GET"):
                found.add(_word(node.slice))
    return sorted(found - {""})


def _word(node: ast.AST) -> str:
    """The name that stands there as it is; "" for anything else."""
    said = node.value if isinstance(node, ast.Constant) else None
    return said if isinstance(said, str) and said.isidentifier() else ""


@pytest.fixture
def pages(places: Places) -> list[str]:
    """Every address, with real records in its places where there are some."""
    return list(_pages(places))


def _pages(places: Places) -> Iterator[str]:
    for page in addresses():
        known = places if page.is_desk else PUBLIC_PLACES
        if page.name not in UNWALKED:
            yield filled(page, known) or page.filled({"str": "x", "int": "1"})


def answered(browser: Client, address: str, **told: str) -> int:
    """The status of an answer that was read to its end."""
    answer = browser.generic("GET", address, **told)  # type: ignore[arg-type]  # heads by their names
    for _piece in answer:
        pass
    return answer.status_code


def test_any_heads_are_answered(pages: list[str]) -> None:
    everybody = sign_in(make_user(*Role))

    @given(
        st.lists(st.sampled_from(pages), min_size=1, max_size=4),
        st.dictionaries(
            st.sampled_from(HEADS), st.one_of(st.sampled_from(ODD), TEXT), min_size=1, max_size=6
        ),
    )
    @settings(
        max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    def ask(where: list[str], heads: dict[str, str]) -> None:
        told = {_environ(name): value for name, value in heads.items()}
        for address in where:
            for browser in (Client(), everybody):
                assert answered(browser, address, **told) < 500, (address, heads)

    ask()


def _environ(head: str) -> str:
    name = head.upper().replace("-", "_")
    return name if name.startswith("CONTENT_") else f"HTTP_{name}"


def test_any_question_is_answered(pages: list[str]) -> None:
    everybody, names = sign_in(make_user(*Role)), parameters()
    assert len(names) > 100

    @given(st.randoms(use_true_random=False), st.text(max_size=12))
    @settings(
        max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    def ask(chance: random.Random, word: str) -> None:
        question = {name: chance.choice((*VALUES, word.replace("\0", ""))) for name in names}
        for address in chance.sample(pages, 12):
            for browser in (Client(), everybody):
                asked = f"{address}?{urlencode(question)}"
                assert answered(browser, asked) < 500, asked

    ask()


def test_every_page_is_asked_for_everything_at_once(pages: list[str]) -> None:
    # Each page some of the values, other ones in each run: the order of tests is drawn anew too.
    everybody, names = sign_in(make_user(*Role)), parameters()
    first = random.randrange(EVERY)  # noqa: S311 - which ones, not a secret
    for number, address in enumerate(pages):
        for value in VALUES[(number + first) % EVERY :: EVERY]:
            asked = f"{address}?{urlencode(dict.fromkeys(names, value))}"
            assert answered(everybody, asked) < 500, (address, value)


ENDS = (
    "/desk/cases/?closed_until=0001-01-01",
    "/desk/cases/?opened_until=0001-01-01",
    "/desk/cases/answers/?until=0001-01-01",
    "/desk/promises/?until=0001-01-01",
    "/desk/reception/?until=9999-12-31",
    "/desk/reception/calls/?until=9999-12-31",
    "/promises/?until=0001-01-01",
    "/councils/?until=0001-01-01",
)
"""Days at the ends of the calendar, before and after which there is none."""


def test_days_at_the_ends_of_the_calendar_are_answered() -> None:
    everybody = sign_in(make_user(*Role))
    assert [address for address in ENDS if answered(everybody, address) >= 500] == []


EVERY = 36
"""One value in so many is thrown at a page."""

"""Many lines at once, good and bad."""

import io
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.law.answer import deadline_as_json
from baqylau.law.batch import LINE_LIMIT, batch, bounded_lines
from baqylau.law.deadline import compute
from baqylau.law.extensions import Extension
from baqylau.law.rule_table import shipped_rules
from baqylau.law.rules import Rule
from baqylau.law.seed import seeded_calendar
from baqylau.law.words import LANGUAGES
from tests.law.factories import shipped

pytestmark = pytest.mark.once


def answered(lines: Iterable[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in batch(lines, shipped_rules(), seeded_calendar())]


def from_bytes(data: bytes) -> list[dict[str, Any]]:
    return answered(bounded_lines(io.BytesIO(data)))


def code(data: bytes) -> str:
    (answer,) = from_bytes(data)
    return str(answer["error"]["code"])


def test_a_line_gives_rule_date_skipped_days_and_a_sentence_in_each_language() -> None:
    (answer,) = answered(["app.answer\t2026-03-05"])
    assert answer["rule"] == "app.answer"
    assert answer["from"] == "2026-03-05"
    assert answer["due"] == "2026-04-01"
    assert {"date": "2026-03-14", "kind": "weekend"}.items() <= answer["skipped"][3].items()
    for day in answer["skipped"]:
        assert set(day["reason"]) == set(LANGUAGES)
    assert answer["sentence"]["kk"].endswith("Заңгер тексермеген.")
    assert set(answer["sentence"]) == set(LANGUAGES)


def test_answers_come_in_the_order_of_the_lines_and_bad_ones_keep_their_place() -> None:
    lines = [
        "app.redirect\t2024-05-03",
        "app.redirect\t03.05.2024",
        "pc.hearing_notice\t2026-03-26",
    ]
    first, second, third = answered(lines)
    assert (first["due"], third["due"]) == ("2024-05-10", "2026-03-18")
    assert second["error"]["code"] == "bad_date"
    assert second["line"] == 2
    assert second["input"] == lines[1]
    assert set(second["error"]["sentence"]) == set(LANGUAGES)


def test_blank_lines_windows_ends_and_a_byte_order_mark_are_no_errors() -> None:
    data = "\ufeffapp.talon\t2026-03-05\r\n\r\n   \napp.talon \t 2026-03-06".encode()
    assert [answer["due"] for answer in from_bytes(data)] == ["2026-03-05", "2026-03-06"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"app.answer 2026-03-05\n", "line_shape"),
        (b"app.answer\t2026-03-05\tmore\n", "line_shape"),
        (b"app.anser\t2026-03-05\n", "unknown_rule"),
        (b"app.answer\t2026-02-30\n", "bad_date"),
        (b"app.answer\t2031-01-05\n", "outside_calendar"),
        (b"app.answer\t2030-12-30\n", "outside_calendar"),
        ("өтініш\t2026-03-05\n".encode("utf-16"), "line_not_text"),
        ("жауап\t2026-03-05\n".encode("cp1251"), "line_not_text"),
        (b"a" * (LINE_LIMIT + 1), "line_too_long"),
        (b"\xff" * 100_000, "line_too_long"),
        ("ә".encode() * 5_000, "line_too_long"),
        (b"\x00\t\x00", "bad_date"),
    ],
)
def test_a_bad_line_gives_its_own_error(data: bytes, expected: str) -> None:
    assert from_bytes(data)[0]["error"]["code"] == expected


def test_a_line_of_a_hundred_megabytes_is_one_error_and_the_next_line_is_answered() -> None:
    class Endless(io.RawIOBase):
        """A stream whose first line never fits, counting the largest piece asked for."""

        def __init__(self) -> None:
            self.left, self.largest = 100_000_000, 0

        def readline(self, size: int | None = -1, /) -> bytes:
            assert size is not None
            self.largest = max(self.largest, size)
            if self.left > 0:
                self.left -= 1_000_000
                return b"x" * size
            if self.left == 0:
                self.left = -1
                return b"x\n"
            self.left -= 1
            return b"app.talon\t2026-03-05\n" if self.left == -2 else b""

    stream = Endless()
    first, second = answered(bounded_lines(stream))  # type: ignore[arg-type]  # a stream made by hand
    assert first["error"]["code"] == "line_too_long"
    assert len(first["input"]) <= 80
    assert second["due"] == "2026-03-05"
    assert 0 < stream.largest < 1_000


def test_a_line_of_exactly_the_limit_is_read() -> None:
    line = "app.talon\t" + "2026-03-05".rjust(LINE_LIMIT - len("app.talon\t"))
    assert len(line) == LINE_LIMIT
    assert answered([line])[0]["due"] == "2026-03-05"
    assert answered([line + " "])[0]["error"]["code"] == "line_too_long"


@given(st.binary(max_size=400))
def test_any_bytes_give_lines_of_json_and_nothing_else(data: bytes) -> None:
    for answer in from_bytes(data):
        assert "error" in answer
        assert len(answer["input"]) <= 80


@given(
    rule=st.sampled_from(shipped_rules()),
    start=st.dates(date(2017, 1, 1), date(2029, 12, 31)),
)
def test_a_batch_answers_as_a_single_question_does(rule: Rule, start: date) -> None:
    (answer,) = answered([f"{rule.rule_id}\t{start.isoformat()}"])
    assert answer == json.loads(
        json.dumps(deadline_as_json(compute(rule, start, seeded_calendar())))
    )


def test_extensions_and_worked_days_are_in_the_answer() -> None:
    extension = Extension(shipped("app.extend_max"), date(2024, 4, 29), date(2024, 5, 31))
    found = compute(
        shipped("app.answer"), date(2024, 4, 25), seeded_calendar(), extensions=[extension]
    )
    answer = json.loads(json.dumps(deadline_as_json(found)))
    (extended,) = answer["extensions"]
    assert extended == {
        "rule": "app.extend_max",
        "decided": "2024-04-29",
        "due_before": "2024-05-21",
        "due": "2024-05-31",
    }
    assert answer["due"] == "2024-05-31"
    assert [day["date"] for day in answer["worked"]] == ["2024-05-04"]
    assert answer["law"]["article"] == "76(1)"
    assert answer["is_verified"] is False

"""Ask for choices of what is published in a process of its own.

The solver takes 100 MB and more while it works, and the server keeps none of it. The process gets
counts without names through a pipe, opens no file of ours, and ends by itself or is ended.
"""

import subprocess
import sys
from collections.abc import Sequence
from typing import Final

from baqylau.figures.rules.disclosing.carrying import asked, atoms_of, choice_of
from baqylau.figures.rules.disclosing.facts import Choice, Outcome, Question
from baqylau.figures.rules.results import Why

MEMORY: Final = 2_147_483_648
"""Bytes of address space; about a tenth of it is used."""
SECONDS: Final = 600
"""Of CPU, and on the clock: docs/disclosure.md has what was measured."""
CONTRADICTION: Final = 3
NO_MEMORY: Final = 4
MODULE: Final = "baqylau.figures.rules.disclosing"


class NoChoiceError(RuntimeError):
    """The process could not work at all: nothing may be published."""


def choose_apart(
    questions: Sequence[Question], *, memory: int = MEMORY, seconds: int = SECONDS
) -> list[Choice]:
    """As `choosing.choose` for each question, with the same answers. Call it outside transactions.

    It always ends. The steps of each question are limited; one that is not decided in this time
    and memory all the same is answered by showing nothing, and the next ones are asked of another
    process.

    Raises: ValueError when a question contradicts itself, NoChoiceError.
    """
    found: list[Choice] = []
    while len(found) < len(questions):
        left = questions[len(found) :]
        found += [
            choice_of(line, atoms_of(question))
            for question, line in zip(left, _answers(left, memory, seconds), strict=False)
        ]
        if len(found) < len(questions):
            found.append(nothing(questions[len(found)]))
    return found


def _answers(questions: Sequence[Question], memory: int, seconds: int) -> list[bytes]:
    """The answers that were given before the process ended, or was ended."""
    words = [sys.executable, "-I", "-B", "-m", MODULE, str(memory), str(seconds)]
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            words,
            input=b"\n".join(map(asked, questions)),
            capture_output=True,
            check=False,
            timeout=seconds,
            env={"OPENBLAS_NUM_THREADS": "1"},
            cwd="/",
        )
    except subprocess.TimeoutExpired as error:
        return _whole_lines(error.stdout or b"")
    except OSError as error:
        raise NoChoiceError("no process could be started") from error
    if done.returncode == CONTRADICTION:
        raise ValueError(done.stderr.decode())
    if done.returncode > 0 and done.returncode != NO_MEMORY:
        raise NoChoiceError(f"it ended with {done.returncode}")
    return _whole_lines(done.stdout)


def _whole_lines(said: bytes) -> list[bytes]:
    """Every line that was written to its end."""
    return said.split(b"\n")[:-1]


def nothing(question: Question) -> Choice:
    """Show nothing of what is new: that tells nobody anything."""
    hidden = Outcome(why=Why.NARROW)
    return Choice(
        {
            table.key: dict.fromkeys(table.cells, hidden)
            for table in question.tables
            if table.told is None
        }
    )

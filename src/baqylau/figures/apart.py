"""Ask for choices of what is published in a process of its own.

The solver takes 100 MB and more while it works, and the server keeps none of it. The process gets
counts without names through a pipe, opens no file of ours, and ends by itself or is ended.
"""

import subprocess
import sys
from collections.abc import Sequence
from typing import Final

from baqylau.figures.rules.disclosing.carrying import asked, atoms_of, choice_of
from baqylau.figures.rules.disclosing.facts import Choice, Question

MEMORY: Final = 2_147_483_648
"""Bytes of address space; about a tenth of it is used."""
SECONDS: Final = 600
"""Of CPU, and on the clock: docs/disclosure.md has what was measured."""
CONTRADICTION: Final = 3
MODULE: Final = "baqylau.figures.rules.disclosing"


class NoChoiceError(RuntimeError):
    """The process did not come to a choice in its time and memory: nothing may be published."""


def choose_apart(
    questions: Sequence[Question], *, memory: int = MEMORY, seconds: int = SECONDS
) -> list[Choice]:
    """As `choosing.choose` for each question, with the same answers. Call it outside transactions.

    Raises: ValueError when a question contradicts itself, NoChoiceError.
    """
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
    except subprocess.TimeoutExpired:
        raise NoChoiceError("it took too long") from None
    if done.returncode == CONTRADICTION:
        raise ValueError(done.stderr.decode())
    if done.returncode:
        raise NoChoiceError(f"it ended with {done.returncode}")
    lines = zip(questions, done.stdout.splitlines(), strict=True)
    return [choice_of(line, atoms_of(question)) for question, line in lines]

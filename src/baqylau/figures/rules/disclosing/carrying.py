"""A question and its choice as JSON, for a process of its own. Atoms travel as numbers."""

import json
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from baqylau.figures.rules.disclosing.facts import Cell, Choice, Fact, Outcome, Question, Sum, Table
from baqylau.figures.rules.results import Why

DIGITS = 9
"""Of an atom's name in the other process: the order of names is the order of numbers."""


def atoms_of(question: Question) -> Sequence[Hashable]:
    """Every atom of a question once, in an order that follows from their names."""
    found = {atom for fact in question.known for atom in fact.atoms}
    found.update(atom for each in question.protected for atom in each)
    for table in question.tables:
        for cell in table.cells.values():
            found.update(atom for each in (*cell.sums, *cell.checks) for atom in each)
    return sorted(found, key=repr)


def asked(question: Question) -> bytes:
    """A question as the other process reads it."""
    atoms = atoms_of(question)
    number = {atom: n for n, atom in enumerate(atoms)}

    def packed(each: Sum) -> list[int]:
        return sorted(number[atom] for atom in each)

    return json.dumps(
        {
            "counts": [question.counts.get(atom, 0) for atom in atoms],
            "known": [[packed(fact.atoms), fact.low, fact.high] for fact in question.known],
            "tables": [
                [
                    table.key,
                    [
                        [key, [packed(s) for s in cell.sums], [packed(s) for s in cell.checks]]
                        for key, cell in table.cells.items()
                    ],
                    None if table.told is None else _outcomes(table.told),
                ]
                for table in question.tables
            ],
            "protected": [packed(each) for each in question.protected],
            "unneeded": sorted(question.unneeded),
        }
    ).encode()


def question_of(content: bytes) -> Question:
    """Read `asked`; atoms are names of numbers now."""
    given = json.loads(content)
    return Question(
        {_name(n): count for n, count in enumerate(given["counts"])},
        [Fact(_sum(atoms), low, high) for atoms, low, high in given["known"]],
        [
            Table(
                key,
                {
                    cell: Cell(tuple(map(_sum, sums)), tuple(map(_sum, checks)))
                    for cell, sums, checks in cells
                },
                None if told is None else _told(told),
            )
            for key, cells, told in given["tables"]
        ],
        [_sum(each) for each in given["protected"]],
        frozenset((table, cell) for table, cell in given["unneeded"]),
    )


def answered(choice: Choice) -> bytes:
    """A choice whose atoms are names of numbers."""
    return json.dumps(
        {
            "outcomes": {table: _outcomes(told) for table, told in choice.outcomes.items()},
            "given_away": [sorted(int(str(atom)) for atom in each) for each in choice.given_away],
            "solved": choice.solved,
            "searched": choice.searched,
        }
    ).encode()


def choice_of(content: bytes, atoms: Sequence[Hashable]) -> Choice:
    """Read `answered`, with the atoms of the question in their order."""
    given = json.loads(content)
    return Choice(
        {table: _told(told) for table, told in given["outcomes"].items()},
        tuple(frozenset(atoms[n] for n in each) for each in given["given_away"]),
        given["solved"],
        given["searched"],
    )


def _outcomes(told: Mapping[str, Outcome]) -> dict[str, Any]:
    return {key: [each.shown, each.why and each.why.value] for key, each in told.items()}


def _told(given: Mapping[str, Any]) -> Mapping[str, Outcome]:
    return {
        key: Outcome(tuple(shown), None if why is None else Why(why))
        for key, (shown, why) in given.items()
    }


def _name(number: int) -> str:
    return f"{number:0{DIGITS}}"


def _sum(numbers: Sequence[int]) -> Sum:
    return frozenset(map(_name, numbers))

"""When a key is trusted: a colleague has compared its digits; after a doubt two, of both kinds."""

from collections.abc import Sequence
from dataclasses import dataclass

OFFICER, CUSTODIAN = "officer", "custodian"


@dataclass(frozen=True, slots=True)
class Word:
    """What a colleague has said: the digits were the same, or not."""

    by: str
    office: str
    is_same: bool


def is_doubted(words: Sequence[Word]) -> bool:
    """Whether somebody has ever said that the digits differ."""
    return any(not word.is_same for word in words)


def since_doubt(words: Sequence[Word]) -> Sequence[Word]:
    """What was said after the last doubt, oldest first."""
    doubts = [place for place, word in enumerate(words) if not word.is_same]
    return words[doubts[-1] + 1 :] if doubts else words


def is_trusted(words: Sequence[Word]) -> bool:
    """Whether new reports may be sealed to a key of which these were said, oldest first."""
    offices = {word.office for word in since_doubt(words)}
    return offices >= {OFFICER, CUSTODIAN} if is_doubted(words) else bool(offices)

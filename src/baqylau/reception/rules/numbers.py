"""Numbers of consultations: К-2026-000123. К is the same letter for the eye in every alphabet."""

from baqylau.casework.rules.numbers import letter_of, read_number, reference

LETTER = "К"

__all__ = ["LETTER", "consultation_number", "letter_of", "read_number", "reference"]


def consultation_number(year: int, serial: int) -> str:
    """The number that stands on the slip and that people say."""
    return f"{LETTER}-{year}-{serial:06}"

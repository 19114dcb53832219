"""How the three parts of a report are named: in what is sealed, in wraps, in the sealed journal."""

from baqylau.reports.models import Part

_ENDING = {Part.REPORT: "", Part.NAME: "-n", Part.DESK: "-d"}


def part_id(report: str, part: str) -> str:
    """What stands inside items and wraps as the report's id."""
    return report + _ENDING[Part(part)]


def subject(report: str, part: str) -> str:
    """The subject of the part's entries in the sealed journal."""
    return f"report:{part_id(report, part)}"

"""Reading the tab-separated tables that ship with this package."""

from importlib import resources


def shipped_lines(name: str) -> list[str]:
    """Return the lines of a shipped table, its header first."""
    table = resources.files("baqylau.law").joinpath("data", name)
    return table.read_text(encoding="utf-8").splitlines()


def shipped_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a shipped table as column name → value."""
    header, *rows = [line.split("\t") for line in shipped_lines(name)]
    return [dict(zip(header, row, strict=True)) for row in rows]

"""The outline of accounts that ships with the program."""

from functools import cache
from importlib.resources import files

from baqylau.accountability.rules import outline


@cache
def current() -> outline.Outline:
    """The outline, read once. Raises: OutlineError."""
    return outline.read(files("baqylau.accountability").joinpath("seeds/account.toml").read_bytes())

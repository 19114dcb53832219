"""The documents as data: pages, headings, links, fenced blocks, commands in code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def pages() -> list[Path]:
    """Every page for readers: those at the root and those below docs/."""
    return sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


def name(page: Path) -> str:
    """The path below the root."""
    return page.relative_to(ROOT).as_posix()


def text(page: Path) -> str:
    """What stands in it."""
    return page.read_text(encoding="utf-8")


def fences(page: Path, language: str) -> Iterator[str]:
    """The fenced blocks of the language, in their order."""
    return (body for kind, body in FENCE.findall(text(page)) if kind == language)


def prose(page: Path) -> str:
    """The page without its fenced blocks."""
    return FENCE.sub("", text(page))


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the repository: the file, and the heading in it or ""."""

    target: Path
    heading: str


def links(page: Path) -> Iterator[Link]:
    """The page's links to other files of the repository."""
    for address in LINK.findall(prose(page)):
        if "://" not in address and not address.startswith("mailto:"):
            path, _, heading = address.partition("#")
            yield Link((page.parent / path).resolve() if path else page, heading)


def slugs(page: Path) -> set[str]:
    """The names by which the page's headings are linked."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def spoken(page: Path) -> Iterator[str]:
    """Every line of a shell block and every `span of code` of the page."""
    for language in ("sh", ""):
        for block in fences(page, language):
            yield from block.splitlines()
    yield from re.findall(r"`([^`\n]+)`", prose(page))

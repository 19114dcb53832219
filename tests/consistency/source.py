"""The code base as data: every file, function and import of the package."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "baqylau"


@dataclass(frozen=True, slots=True)
class Function:
    """A function and its length in lines, docstring not counted."""

    where: str
    lines: int


@cache
def files() -> tuple[Path, ...]:
    """Every Python file of the package but migrations."""
    return tuple(p for p in sorted(PACKAGE.rglob("*.py")) if "migrations" not in p.parts)


@cache
def tree(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    """The path below the package."""
    return path.relative_to(PACKAGE).as_posix()


def length(path: Path) -> int:
    """Lines in a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def functions() -> Iterator[Function]:
    """Every function and method of the package."""
    for path in files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                last = node.end_lineno or node.lineno
                doc = node.body[0] if ast.get_docstring(node) else None
                spent = ((doc.end_lineno or 0) - doc.lineno + 1) if doc else 0
                yield Function(f"{name(path)}:{node.name}", last - node.lineno + 1 - spent)


def classes() -> Iterator[tuple[Path, ast.ClassDef]]:
    """Every class with its file."""
    for path in files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                yield path, node


def templates() -> tuple[Path, ...]:
    """Every template of the package."""
    return tuple(sorted(PACKAGE.rglob("templates/**/*.html")))

"""The bars of the house: sizes, imports, models, templates, words that must not appear."""

import ast
import re
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.consistency import source

pytestmark = pytest.mark.once

FILE_LIMIT = 400
FILE_MEDIAN = 80
FUNCTION_LIMIT = 60
FUNCTION_P90 = 30


def test_no_file_is_longer_than_one_subject() -> None:
    assert [source.name(p) for p in source.files() if source.length(p) > FILE_LIMIT] == []


def test_the_median_file_is_short() -> None:
    assert statistics.median(source.length(path) for path in source.files()) <= FILE_MEDIAN


def test_no_function_does_many_things() -> None:
    assert [f.where for f in source.functions() if f.lines > FUNCTION_LIMIT] == []


def test_nine_functions_of_ten_fit_on_a_screen() -> None:
    lengths = sorted(function.lines for function in source.functions())
    assert lengths[len(lengths) * 9 // 10] <= FUNCTION_P90


def test_our_own_rooms_are_imported_at_the_top_of_a_file() -> None:
    lazy = [
        f"{source.name(path)}:{node.lineno}"
        for path in source.files()
        for function in ast.walk(source.tree(path))
        if isinstance(function, ast.FunctionDef) and function.name != "ready"
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("baqylau")
    ]
    # The console and the server start Django before its rooms can be imported at all.
    # What fills a template brings docxtpl, Jinja and lxml with it: 30 MB that a server at rest does
    # not hold. Import-linter sees these imports all the same.
    heavy = ("documents/accounts/word.py", "documents/accounts/apart.py")
    allowed = ("__main__.py", "config/serving.py", *heavy)
    assert [where for where in lazy if not where.startswith(allowed)] == []


def _fields() -> Iterator[tuple[str, ast.Call, str]]:
    for path, cls in source.classes():
        for node in cls.body:
            value = getattr(node, "value", None)
            if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
                yield f"{source.name(path)}:{node.lineno}", value, value.func.attr


def test_a_foreign_key_never_opens_a_way_back() -> None:
    related = ("ForeignKey", "OneToOneField", "ManyToManyField")
    for where, call, kind in _fields():
        if kind in related:
            words = {keyword.arg: keyword.value for keyword in call.keywords}
            back = words.get("related_name")
            assert isinstance(back, ast.Constant), where
            assert back.value == "+", where


def test_no_model_sorts_by_itself() -> None:
    for path, cls in source.classes():
        if cls.name == "Meta":
            names = [
                target.id
                for node in cls.body
                if isinstance(node, ast.Assign)
                for target in node.targets
                if isinstance(target, ast.Name)
            ]
            assert "ordering" not in names, source.name(path)


def test_every_constraint_has_a_name() -> None:
    constraints = re.compile(r"(Check|Unique)Constraint\(")
    for path in source.files():
        for node in ast.walk(source.tree(path)):
            if isinstance(node, ast.Call) and constraints.search(f"{ast.unparse(node.func)}("):
                assert any(k.arg == "name" for k in node.keywords), source.name(path)


def test_rules_never_ask_for_the_time() -> None:
    for path in source.files():
        if path.stem == "rules" or "rules" in path.parts:
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"\b(clock|datetime)\.(now|today)\(", text), source.name(path)


def test_no_signal_carries_a_rule() -> None:
    for path in source.files():
        assert "django.db.models.signals" not in path.read_text(encoding="utf-8"), path.name


def test_every_template_is_used() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in [*source.files(), *source.templates()]
    )
    unused = []
    for path in source.templates():
        name = path.as_posix().split("/templates/", 1)[1]
        # Templates of Django and allauth are replaced by name and called by them.
        is_foreign = name.split("/")[0] in {"account", "mfa", "429.html", "django"}
        if not is_foreign and name not in code:
            unused.append(name)
    assert unused == []


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=source.ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [source.ROOT / name for name in listed.split("\0") if name]


def test_no_file_names_a_machine_or_a_registry() -> None:
    # Written in halves, so that this file does not name them either.
    words = ["/ro" + "ot/", "/wo" + "rk/", "/ho" + "me/", "py" + "pi.org", "npm" + "js.org"]
    found = [
        f"{path.relative_to(source.ROOT)}: {word}"
        for path in _tracked()
        if path.is_file() and path.suffix not in {".png", ".pdf", ".xlsx", ".woff2"}
        for word in words
        if word in path.read_text(encoding="utf-8", errors="ignore")
    ]
    assert found == []


def test_no_work_is_left_for_later_in_the_code() -> None:
    words = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|coming " + "soon")
    assert [source.name(p) for p in source.files() if words.search(p.read_text("utf-8"))] == []

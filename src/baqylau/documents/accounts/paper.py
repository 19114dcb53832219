"""The account as a PDF: tagged (PDF/UA-1), with its fonts inside, the same bytes every time."""

import json
import re
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from baqylau.documents.accounts import columns
from baqylau.documents.accounts.checks import check
from baqylau.documents.accounts.errors import AccountError
from baqylau.documents.accounts.pictures import measure
from baqylau.documents.accounts.shapes import Account, Annex, Number
from baqylau.documents.accounts.texts import Tree, tree

_RUN: Final = 20
"""Signs of a word after which it may break: as many as the narrowest column of text holds."""
_WORD: Final = re.compile(r"\S+")
_BREAK: Final = "\N{ZERO WIDTH SPACE}"


def write_pdf(account: Account) -> bytes:
    """The account as a PDF. Whatever it says is text: nothing in it is read as markup.

    Raises: AccountError.
    """
    check(account)
    with tempfile.TemporaryDirectory(prefix="baqylau-account-") as folder:
        return _compile(account, Path(folder))


def _compile(account: Account, folder: Path) -> bytes:
    """Typst takes pictures from files only."""
    import typst  # noqa: PLC0415 - heavy, and few processes need it

    data = _data(account, folder)
    source = folder / "account.typ"
    source.write_bytes(files("baqylau.documents.accounts").joinpath(source.name).read_bytes())
    try:
        made = typst.compile(
            source,
            root=folder,
            format="pdf",
            sys_inputs={"account": json.dumps(data, ensure_ascii=False)},
            pdf_standards="ua-1",
            ignore_system_fonts=True,  # the same fonts, so the same bytes, on every machine
        )
    except typst.TypstError as error:
        raise _own(error) from error
    if not isinstance(made, bytes):
        raise AccountError("account_unmade")
    return made


def _own(error: Exception) -> AccountError:
    """A picture whose head was right and whose rest was not; all else is a fault of ours."""
    found = re.search(r"decode image", str(error))
    return AccountError("account_picture", where="") if found else AccountError("account_unmade")


def _data(account: Account, folder: Path) -> Tree:
    told = tree(account)
    annexes = told.pop("annexes")
    told = {**_breakable(told), "annexes": annexes}
    told["made"] = [account.day.year, account.day.month, account.day.day]
    shown = [annex for annex in account.annexes if annex.rows]
    for annex, shape in zip(told["annexes"], shown, strict=True):
        _set_out(annex, shape)
    for number, (picture, words) in enumerate(zip(account.pictures, told["pictures"], strict=True)):
        size = measure(picture.content, picture.caption)
        name = f"{number}.{'jpg' if size.kind == 'jpeg' else 'png'}"
        (folder / name).write_bytes(picture.content)
        words |= {"file": name, "width": size.millimetres, "alt": picture.alt}
    return told


def _set_out(annex: Tree, shape: Annex) -> None:
    """Give an annex its widths, and its words places to break in a narrow column."""
    cells = [row["cells"] for row in annex["rows"]]
    found = columns.set_out(annex["columns"], list(zip(*cells, strict=True)))
    for row in (annex["columns"], *cells):
        row[:] = [_broken(text, column.run) for text, column in zip(row, found, strict=True)]
    annex["widths"] = [column.width for column in found]
    annex["numbers"] = [
        any(isinstance(cell, int | Number) for cell in column)
        and not any(isinstance(cell, str) for cell in column)
        for column in zip(*shape.rows, strict=True)
    ]
    annex["size"] = columns.size(len(found))


def _breakable(told: Any) -> Any:  # noqa: ANN401 - texts, lists and trees of them
    if isinstance(told, str):
        return _broken(told, _RUN)
    if isinstance(told, list):
        return [_breakable(each) for each in told]
    return {name: _breakable(each) for name, each in told.items()}


def _broken(text: str, run: int) -> str:
    """The text with places to break in words longer than `run` signs."""
    if len(text) <= run:
        return text
    return _WORD.sub(lambda found: _BREAK.join(_pieces(found[0], run)), text)


def _pieces(word: str, run: int) -> Iterator[str]:
    return (word[start : start + run] for start in range(0, len(word), run))

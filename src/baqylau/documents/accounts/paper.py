"""The account as a PDF: tagged (PDF/UA-1), with its fonts inside, the same bytes every time."""

import json
import re
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from baqylau.documents.accounts.checks import check
from baqylau.documents.accounts.errors import AccountError
from baqylau.documents.accounts.pictures import measure
from baqylau.documents.accounts.shapes import Account, Annex, Number
from baqylau.documents.accounts.texts import Tree, tree

_RUN: Final = 16
"""Signs of a word after which it may break: about as wide as a narrow column."""
_LONG: Final = re.compile(rf"\S{{{_RUN + 8},}}")
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
        raise _own(error) from None
    if not isinstance(made, bytes):
        raise AccountError("account_unmade")
    return made


def _own(error: Exception) -> AccountError:
    """A picture whose head was right and whose rest was not; all else is a fault of ours."""
    found = re.search(r"decode image", str(error))
    return AccountError("account_picture", where="") if found else AccountError("account_unmade")


def _data(account: Account, folder: Path) -> Tree:
    told: Tree = _breakable(tree(account))
    told["made"] = [account.day.year, account.day.month, account.day.day]
    shown = [annex for annex in account.annexes if annex.rows]
    for annex, shape in zip(told["annexes"], shown, strict=True):
        annex["numbers"], annex["widths"] = _set_out(shape)
    for number, (picture, words) in enumerate(zip(account.pictures, told["pictures"], strict=True)):
        size = measure(picture.content, picture.caption)
        name = f"{number}.{'jpg' if size.kind == 'jpeg' else 'png'}"
        (folder / name).write_bytes(picture.content)
        words |= {"file": name, "width": size.millimetres, "alt": picture.alt}
    return told


def _set_out(annex: Annex) -> tuple[list[bool], list[int]]:
    """For each column whether it holds numbers; and its share of the width, 0 for what it needs."""
    numbers, widths = [], []
    for column in zip(*annex.rows, strict=True):
        texts = [len(cell) for cell in column if isinstance(cell, str)]
        is_number = not texts and any(isinstance(cell, int | Number) for cell in column)
        numbers.append(is_number)
        widths.append(min(max(texts), 60) + 4 if texts else 0)
    return numbers, widths


def _breakable(told: Any) -> Any:  # noqa: ANN401 - texts, lists and trees of them
    if isinstance(told, str):
        return _LONG.sub(_broken, told)
    if isinstance(told, list):
        return [_breakable(each) for each in told]
    return {name: _breakable(each) for name, each in told.items()}


def _broken(found: re.Match[str]) -> str:
    word = found[0]
    return _BREAK.join(word[start : start + _RUN] for start in range(0, len(word), _RUN))

"""Where our source reads bytes or text that have a form: found in the source, not remembered.

Two rules find a reader. It calls one of the programs that take such bytes apart (`CALLS`), or it
is called as readers are called here: `read…`, `parse…` or `normal…`, of a text or of bytes.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.consistency.source import PACKAGE, files, name, tree

CALLS = re.compile(
    r"(csv\.(reader|DictReader)|json\.loads?|tomllib\.loads?|signing\.loads|zipfile\.ZipFile"
    r"|gzip\.(GzipFile|decompress|open)|tarfile\.open|zlib\.decompress(obj)?|bz2\.\w+|lzma\.\w+"
    r"|Image\.open|image\.load|pdfium\.PdfDocument|load_workbook|iterparse|(etree\.)?fromstring"
    r"|DocxTemplate|docx\.Document|OpcPackage\.open|environment\.parse"
    r"|pyrage\.(passphrase\.)?decrypt(_io)?|x25519\.\w+\.from_str|combine_mnemonics"
    r"|Share\.from_mnemonic|phonenumbers\.parse|(base64\.)?(urlsafe_)?b(16|32|64|85)decode"
    r"|bytes\.fromhex|bytearray\.fromhex|\w*\.?unpack(_from)?|struct\.iter_unpack|int\.from_bytes"
    r"|(date|time|datetime)\.fromisoformat|datetime\.strptime|\S*\.unsign(_object)?"
    r"|urlsplit|urlparse|parse_qsl?|ip_address|ipaddress\.ip_address|SecretBox\(.*\)\.decrypt"
    r"|_box\(.*\)\.decrypt|pickle\.\w+|marshal\.\w+|yaml\.\w+|ast\.literal_eval|eval|exec"
    r"|email\.message_from\w+|xml\.\w+\.\w+|minidom\.\w+|SimpleCookie|MultiPartParser|html\.parser\.\w+"
    r"|icalendar\.\w*\.from_ical|pypdf\.\w+|pikepdf\.\w+|configparser\.\w+)"
)
"""Calls that take apart bytes or text of some form, as they are written in the source."""
NAMED = re.compile(r"(read|parse|normal)(_\w+)?")
TAKEN = re.compile(r"(str|bytes|IO\[bytes\]|BinaryIO|Path|QueryDict|HttpRequest|DeskRequest)\b")
OUTSIDE = "training"
"""Folders that never run while a site answers."""


def readers() -> set[str]:
    """Every reader as "file:function", the file below `src/baqylau`."""
    return {
        f"{name(path)}:{reader}"
        for path in files()
        if OUTSIDE not in path.relative_to(PACKAGE).parts
        for reader in found(tree(path))
    }


def found(module: ast.AST) -> set[str]:
    """The readers of one file."""
    return set(_found(module, ()))


def _found(node: ast.AST, inside: tuple[str, ...]) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        within = inside
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            within = (*inside, child.name)
        if isinstance(child, ast.Call) and CALLS.fullmatch(ast.unparse(child.func)):
            yield ".".join(inside)
        if isinstance(child, ast.FunctionDef) and is_named(child):
            yield ".".join(within)
        yield from _found(child, within)


def is_named(function: ast.FunctionDef) -> bool:
    """Whether a function is called as readers are, and takes what they take."""
    arguments = [each for each in function.args.args if each.arg not in {"self", "cls"}]
    if not NAMED.fullmatch(function.name) or not arguments or arguments[0].annotation is None:
        return False
    return bool(TAKEN.match(ast.unparse(arguments[0].annotation)))


def path_of(reader: str) -> Path:
    """The file that a reader stands in."""
    return PACKAGE / reader.partition(":")[0]

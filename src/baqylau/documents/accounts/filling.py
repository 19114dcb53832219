"""Fill a DOCX template: its fields are checked, its Jinja is caged, its texts stay texts.

docxtpl brings Jinja, lxml and python-docx: import this module inside functions only.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from docx.opc.package import OpcPackage
from docx.opc.part import Part
from docx.shared import Mm
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from baqylau.documents.accounts import limits, tags
from baqylau.documents.accounts.errors import AccountError, Place
from baqylau.documents.accounts.pictures import Image
from baqylau.documents.accounts.tags import Tag
from baqylau.documents.accounts.texts import Tree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_STAMP: Final = (1980, 1, 1, 0, 0, 0)
_TAGS: Final = {"kk": "kk-KZ", "ru": "ru-RU"}
_BEGUN: Final = re.compile(r"\{[{%#](?:.*?[}%#]\}|.*)")
_PLAIN: Final = re.compile(
    r"\{#.*#\}|\{\{(?!(?:p|tr|tc|r)\s|-).*(?<!-)\}\}"
    r"|\{%(?:p|tr|tc|r)? *(?:for|endfor|if|elif|else|endif)\b.*(?<!-)%\}"
)
"""Tags as they may look; docxtpl has others, which change tables and paragraphs."""


class _Bounded(Template):
    """A template that stops when it has said too much."""

    def render(self, *given: Any, **named: Any) -> str:  # noqa: ANN401 - Jinja's own signature
        said, pieces = 0, []
        for piece in self.generate(*given, **named):
            said += len(piece)
            if said > limits.FILLED:
                raise AccountError("template_slow")
            pieces.append(piece)
        return "".join(pieces)


class _Environment(ImmutableSandboxedEnvironment):
    template_class = _Bounded


@cache
def environment() -> _Environment:
    """Jinja with nothing to call: no globals, filters or tests, every value escaped."""
    made = _Environment(autoescape=True, undefined=StrictUndefined, cache_size=0)
    for names in (made.globals, made.filters, made.tests):
        names.clear()
    return made


@lru_cache(maxsize=8)
def _patched(source: str) -> str:
    """The markup of a part as Jinja reads it; ours is the same each time."""
    return str(DocxTemplate.patch_xml(None, source))


@lru_cache(maxsize=8)
def _compiled(source: str) -> Template:
    return environment().from_string(source)


class _Shown:
    """A picture as the piece of Word's markup that shows it."""

    def __init__(self, owner: "_Filled", image: Image) -> None:
        self.owner, self.image = owner, image

    def __html__(self) -> str:
        part = self.owner.current_rendering_part
        made = part.new_pic_inline(io.BytesIO(self.image.content), Mm(self.image.width)).xml
        described = re.sub(r"(<wp:docPr\b[^>]*?)(/?>)", self._described, made, count=1)
        return (
            f"</w:t></w:r><w:r><w:drawing>{described}</w:drawing></w:r>"
            '<w:r><w:t xml:space="preserve">'
        )

    def _described(self, found: re.Match[str]) -> str:
        return f"{found[1]} descr={quoteattr(self.image.alt)}{found[2]}"


class _Filled(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl without what reads signs of a text as more than a text."""

    def patch_xml(self, source: str) -> str:
        return _patched(source)

    def render_xml_part(
        self,
        source: str,
        part: Any,  # noqa: ANN401 - a part of python-docx, of several classes
        told: Tree,
        _caged: _Environment,
    ) -> str:
        self.current_rendering_part = part
        made = _compiled(source).render(told)
        try:
            etree.fromstring(made, etree.XMLParser(resolve_entities=False, huge_tree=True))
        except etree.XMLSyntaxError:
            raise AccountError("template_nesting", Place(_name_of(part))) from None
        return made

    def render_properties(self, told: Tree, caged: _Environment) -> None:
        """Author and title are set by us; what stands there in a template is not read."""


def fill(template: bytes, told: Tree, images: Sequence[Image], day: date) -> bytes:
    """The filled template, the same bytes every time; one of others goes through `check` before.

    `told` is `texts.tree`, `images` its pictures in their order, `day` the account's own day.
    Raises: AccountError `template_nesting`, `template_slow`.
    """
    owner = _Filled(io.BytesIO(template))
    for words, image in zip(told["pictures"], images, strict=True):
        words["image"] = _Shown(owner, image)
    owner.render(told, environment())
    _sign(owner, told, day)
    return _packed(owner.docx.part.package)


def check(template: bytes) -> None:
    """Refuse a template that says more than fields, loops and conditions. Raises: AccountError."""
    owner = _Filled(io.BytesIO(template))
    try:
        owner.init_docx()
        parts = list(_parts(owner))
    except (ValueError, KeyError, AttributeError, etree.XMLSyntaxError, zipfile.BadZipFile):
        raise AccountError("template_kind") from None
    for name, root in parts:
        found = list(_tags(name, root))
        for tag in found:
            if not _PLAIN.fullmatch(tag.text):
                raise AccountError("template_tag", tag.place, name=tag.text[:80])
        tags.check(owner.patch_xml(owner.xml_to_string(root)), found, name, environment())


def _parts(owner: _Filled) -> Iterator[tuple[str, Any]]:
    """Every part that is filled, parsed."""
    document = owner.docx
    yield "body", document.element.body
    safe = etree.XMLParser(resolve_entities=False)
    for relation in document.part.rels.values():
        if not relation.is_external:
            name = _name_of(relation.target_part)
            if name != "body":
                yield name, etree.fromstring(relation.target_part.blob, safe)


def _name_of(part: Any) -> str:  # noqa: ANN401 - a part of python-docx, of several classes
    kind = str(part.content_type)
    names = {".header+xml": "header", ".footer+xml": "footer", ".footnotes+xml": "footnotes"}
    return next((name for end, name in names.items() if kind.endswith(end)), "body")


def _tags(part: str, root: Any) -> Iterator[Tag]:  # noqa: ANN401 - lxml has no types
    """The tags that a person sees, in their order, with their places."""
    tables: dict[Any, int] = {}
    for number, paragraph in enumerate(root.iter(f"{_W}p"), 1):
        text = "".join(
            node.text or "" for node in paragraph.iter(f"{_W}t") if _own(node, paragraph)
        )
        if "{" in text:
            place = _place(part, number, paragraph, tables, text)
            for found in _BEGUN.finditer(text):
                yield Tag(found[0], place)
        _number_table(paragraph, tables)


def _own(node: Any, paragraph: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """A box of text is a paragraph inside a paragraph."""
    return next(node.iterancestors(f"{_W}p")) is paragraph


def _number_table(paragraph: Any, tables: dict[Any, int]) -> None:  # noqa: ANN401 - lxml has no types
    table = next(paragraph.iterancestors(f"{_W}tbl"), None)
    if table is not None:
        tables.setdefault(table, len(tables) + 1)


def _place(part: str, number: int, paragraph: Any, tables: dict[Any, int], text: str) -> Place:  # noqa: ANN401 - lxml has no types
    _number_table(paragraph, tables)
    shown = text.strip()[:60]
    cell = next(paragraph.iterancestors(f"{_W}tc"), None)
    if cell is None:
        return Place(part, number, text=shown)
    row = next(cell.iterancestors(f"{_W}tr"))
    table = next(row.iterancestors(f"{_W}tbl"))
    return Place(
        part,
        number,
        tables[table],
        table.findall(f"{_W}tr").index(row) + 1,
        row.findall(f"{_W}tc").index(cell) + 1,
        shown,
    )


def _sign(owner: _Filled, told: Mapping[str, Any], day: date) -> None:
    """Title, author and language; no times but the account's own day."""
    core = owner.docx.core_properties
    made = datetime(day.year, day.month, day.day, tzinfo=UTC)
    core.title, core.author = told["title"][:255], told["organisation"][:255]
    core.last_modified_by, core.comments, core.language = "", "", _TAGS[told["language"]]
    core.created = core.modified = made
    core.revision = 1
    for node in owner.docx.styles.element.iter(f"{_W}lang"):
        node.set(f"{_W}val", _TAGS[told["language"]])


def _packed(package: OpcPackage) -> bytes:
    """The parts as a file: fixed times, pictures as they are, which are compressed already.

    Source: ECMA-376, part 2, 10.1.2 (content types), 9.3 (relations).
    """
    target = io.BytesIO()
    parts = list(package.iter_parts())
    with zipfile.ZipFile(target, "w") as packed:

        def put(name: str, content: bytes, packing: int = zipfile.ZIP_DEFLATED) -> None:
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = packing
            packed.writestr(entry, content)

        put("[Content_Types].xml", _kinds(parts))
        put("_rels/.rels", package.rels.xml)
        for part in parts:
            name = part.partname.membername
            is_picture = part.content_type.startswith("image/")
            put(name, part.blob, zipfile.ZIP_STORED if is_picture else zipfile.ZIP_DEFLATED)
            if part.rels:
                put(part.partname.rels_uri.lstrip("/"), part.rels.xml)
    return target.getvalue()


def _kinds(parts: Sequence[Part]) -> bytes:
    """The kind of each part by its name."""
    root = etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})
    kind = "application/vnd.openxmlformats-package.relationships+xml"
    etree.SubElement(root, f"{{{_TYPES}}}Default", Extension="rels", ContentType=kind)
    for part in parts:
        named = {"PartName": part.partname, "ContentType": part.content_type}
        etree.SubElement(root, f"{{{_TYPES}}}Override", **named)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

"""What a template may say: fields that exist, loops over lists that exist, conditions. No more.

The tree that Jinja itself reads is walked, so nothing can hide from this in Word's markup.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from baqylau.documents.accounts.errors import AccountError, Place
from baqylau.documents.accounts.texts import FIELDS

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

Shape = Any
"""As in `texts.FIELDS`: "" a text, [shape] a list, a mapping of names."""
_LOOP: Final[Shape] = {"index": "", "first": "", "last": ""}
_OPENING: Final = re.compile(r"\{[{%#]")
_TAG: Final = re.compile(r"\{[{%#].*?[}%#]\}")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of a template as a person sees it, and where."""

    text: str
    place: Place


@dataclass(slots=True)
class Reading:
    """One part of a template while its tags are checked; `tags` in the order of the text."""

    tags: Sequence[Tag]
    part: str
    scopes: list[dict[str, Shape]] = field(init=False)

    def __post_init__(self) -> None:
        # Word keeps the pictures of each part apart; ours go into the text alone.
        shown = FIELDS if self.part == "body" else {**FIELDS, "pictures": None}
        self.scopes = [dict(shown)]

    def tag(self, line: int) -> Tag:
        """The tag that stands on a line of the source; tags begin lines, from the second on."""
        place = min(line - 2, len(self.tags) - 1)
        return self.tags[place] if place >= 0 else Tag("", Place(self.part))

    def refuse(self, code: str, line: int, name: str = "") -> AccountError:
        """Why a tag will not do, and where it stands."""
        tag = self.tag(line)
        return AccountError(code, tag.place, name=(name or tag.text)[:80])


def check(source: str, tags: Sequence[Tag], part: str, environment: "Environment") -> None:
    """Check one part; `source` is its text as Jinja will read it.

    Raises: AccountError `template_tag`, `template_field`, `template_list`.
    """
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415 - heavy, and few processes need it

    reading = Reading(tags, part)
    # Each tag on a line of its own, so that what Jinja finds leads back to the tag.
    lines = _OPENING.sub(lambda found: f"\n{found[0]}", " ".join(source.split("\n")))
    if lines.count("\n") != len(tags):
        unclosed = next((tag for tag in tags if not _TAG.fullmatch(tag.text)), None)
        place = unclosed.place if unclosed else Place(part)
        raise AccountError(
            "template_tag", place, name=(unclosed.text[:80] if unclosed else "{{ }}")
        )
    try:
        found = environment.parse(lines)
    except TemplateSyntaxError as error:
        raise reading.refuse("template_tag", error.lineno) from None
    _body(found.body, reading)


def _body(body: Sequence["nodes.Node"], reading: Reading) -> None:
    from jinja2 import nodes  # noqa: PLC0415 - heavy, and few processes need it

    for node in body:
        if isinstance(node, nodes.Output):
            for shown in node.nodes:
                if not isinstance(shown, nodes.TemplateData):
                    _single(shown, reading)
        elif isinstance(node, nodes.If):
            _condition(node.test, reading)
            for branch in (node.body, node.elif_, node.else_):
                _body(branch, reading)
        elif isinstance(node, nodes.For):
            _loop(node, reading)
        else:
            raise reading.refuse("template_tag", node.lineno)


def _single(node: "nodes.Node", reading: Reading) -> None:
    name, shape = _path(node, reading)
    if shape != "":
        raise reading.refuse("template_list", node.lineno, name)


def _condition(node: "nodes.Node", reading: Reading) -> None:
    from jinja2 import nodes  # noqa: PLC0415 - heavy, and few processes need it

    if isinstance(node, nodes.Not):
        _condition(node.node, reading)
    elif isinstance(node, nodes.And | nodes.Or):
        _condition(node.left, reading)
        _condition(node.right, reading)
    else:
        name, shape = _path(node, reading)
        if isinstance(shape, Mapping):
            raise reading.refuse("template_list", node.lineno, name)


def _loop(node: "nodes.For", reading: Reading) -> None:
    """A loop inside a loop goes over a field of the outer one's row: work grows with the data."""
    from jinja2 import nodes  # noqa: PLC0415 - heavy, and few processes need it

    if node.else_ or node.test or node.recursive or not isinstance(node.target, nodes.Name):
        raise reading.refuse("template_tag", node.lineno)
    name, shape = _path(node.iter, reading)
    if not isinstance(shape, list):
        raise reading.refuse("template_list", node.lineno, name)
    is_inner = len(reading.scopes) > 1
    own = reading.scopes[-1].keys() - {"loop"}
    target = node.target.name
    if (is_inner and name.split(".")[0] not in own) or target == "loop" or target in FIELDS:
        raise reading.refuse("template_tag", node.lineno)
    reading.scopes.append({target: shape[0], "loop": _LOOP})
    _body(node.body, reading)
    reading.scopes.pop()


def _path(node: "nodes.Node", reading: Reading) -> tuple[str, Shape]:
    """The dotted name and what stands under it."""
    from jinja2 import nodes  # noqa: PLC0415 - heavy, and few processes need it

    names: list[str] = []
    inner = node
    while isinstance(inner, nodes.Getattr):
        names.insert(0, inner.attr)
        inner = inner.node
    if not isinstance(inner, nodes.Name):
        raise reading.refuse("template_tag", node.lineno)
    names.insert(0, inner.name)
    dotted = ".".join(names)
    shape: Shape = next(
        (scope[names[0]] for scope in reversed(reading.scopes) if names[0] in scope), None
    )
    for name in names[1:]:
        shape = shape.get(name) if isinstance(shape, Mapping) else None
    if shape is None:
        raise reading.refuse("template_field", node.lineno, dotted)
    return dotted, shape

"""References to the law as an editor types them: one act a line, its article after a bar."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

REFERENCES: Final = 20
RULES: Final = 20
"""References and rules that one card may name."""

_RULE: Final = re.compile(r"[a-z]{2,12}\.[a-z0-9_]{2,40}")
_ARTICLE: Final = re.compile(r"[\w()., \-–/]{0,40}")

Reference = Mapping[str, str]


class UnreadableReferenceError(ValueError):
    """A line that is not a reference; `line` is what was typed, `reason` a code."""

    def __init__(self, reason: str, line: str) -> None:
        super().__init__(f"{reason}: {line}")
        self.reason = reason
        self.line = line


def read_references(text: str, acts: Collection[str]) -> list[dict[str, str]]:
    """References from lines «act | article»; `acts` are the known keys.

    Raises: UnreadableReferenceError `unknown_act`, `article`, `too_many`.
    """
    found: list[dict[str, str]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        act, _bar, article = (part.strip() for part in line.partition("|"))
        if act not in acts:
            raise UnreadableReferenceError("unknown_act", line)
        if not _ARTICLE.fullmatch(article):
            raise UnreadableReferenceError("article", line)
        if len(found) == REFERENCES:
            raise UnreadableReferenceError("too_many", line)
        reference = {"act": act, "article": article}
        if reference not in found:
            found.append(reference)
    return found


def write_references(references: Iterable[Reference]) -> str:
    """The references as lines that `read_references` reads."""
    return "\n".join(
        f"{one['act']} | {one['article']}" if one["article"] else one["act"] for one in references
    )


def read_rules(text: str) -> list[str]:
    """Rule ids from a text parted by spaces, commas or lines.

    Raises: UnreadableReferenceError `rule`, `too_many`.
    """
    found = list(dict.fromkeys(re.split(r"[\s,;]+", text.strip()))) if text.strip() else []
    for one in found:
        if not _RULE.fullmatch(one):
            raise UnreadableReferenceError("rule", one)
    if len(found) > RULES:
        raise UnreadableReferenceError("too_many", found[RULES])
    return found

"""Whether comments stand as the journal says: read, refused, answered; and mending the rows."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from baqylau.councils.models import Comment, CommentState, Draft
from baqylau.councils.rules.numbers import digest
from baqylau.journal.models import Entry

CAME = ("councils.said", "councils.typed")
READ, ANSWERED = "councils.comment_read", "councils.comments_answered"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a comment stands. `words`, `reason`: digests of what is public of it, "" for none."""

    state: str = CommentState.WAITING
    refusal: str = ""
    answer: str = ""
    words: str = ""
    reason: str = ""


def journalled(draft: Draft) -> dict[str, Standing]:
    """What the journal says of each comment of a draft, by its code; one query."""
    found: dict[str, Standing] = {}
    wanted = Entry.objects.filter(
        subject=f"draft:{draft.code}", action__in=(*CAME, READ, ANSWERED)
    ).order_by("number")
    for action, payload in wanted.values_list("action", "payload").iterator(1_000):
        _tell(found, action, json.loads(payload))
    return found


def _tell(found: dict[str, Standing], action: str, told: Mapping[str, Any]) -> None:
    if action in CAME:
        if told["comment"]:
            found.setdefault(told["comment"], Standing())
    elif action == READ:
        now = found.get(told["comment"], Standing())
        found[told["comment"]] = replace(
            now, state=told["state"], refusal=told["rule"], words=told.get("words", "")
        )
    else:
        for code in told["comments"]:
            now = found.get(code, Standing())
            reason = told.get("words", "")
            found[code] = replace(now, answer=told["answer"], reason=reason)


def standing(row: Comment, told: Standing) -> Standing:
    """Where the row stands; digests only where the journal holds them too."""
    return Standing(
        row.state,
        row.refusal,
        row.answer,
        digest(row.text) if told.words else "",
        digest(row.answer_kk, row.answer_ru) if told.reason else "",
    )


def _pairs() -> Iterator[tuple[Draft, dict[str, Standing], dict[str, Comment]]]:
    for draft in Draft.objects.order_by("pk").iterator(100):
        rows = Comment.objects.filter(point__draft=draft).order_by("pk")
        yield draft, journalled(draft), {row.code: row for row in rows}


def differences() -> Iterator[str]:
    """One sentence for each comment that stands otherwise than the journal says."""
    for draft, told, rows in _pairs():
        for code in told.keys() - rows.keys():
            yield _("Draft %(draft)s: the comment %(code)s is gone") % _named(draft, code)
        for code, row in rows.items():
            if code not in told:
                sentence = _("Draft %(draft)s: the comment %(code)s came beside the journal")
                yield sentence % _named(draft, code)
            elif standing(row, told[code]) != told[code]:
                sentence = _("Draft %(draft)s: the comment %(code)s is not what the journal says")
                yield sentence % _named(draft, code)


def _named(draft: Draft, code: str) -> dict[str, str]:
    return {"draft": draft.code, "code": code}


def rebuild() -> int:
    """Put back what the journal knows: whether it is published, the rule, what was answered.

    Words are not in the journal: an answer comes back only where its reason is still there.
    Returns the rows that were mended.
    """
    mended = 0
    for _draft, told, rows in _pairs():
        for code, row in rows.items():
            wanted = told.get(code)
            if wanted and _mend(row, wanted):
                row.save(update_fields=["state", "refusal", "answer", "answered_on"])
                mended += 1
    return mended


def _mend(row: Comment, wanted: Standing) -> bool:
    """Set what can be set; whether anything was."""
    before = (row.state, row.refusal, row.answer)
    row.state, row.refusal = wanted.state, wanted.refusal
    if not wanted.answer:
        row.answer, row.answered_on = "", None
    elif row.answered_on and (row.answer_kk or row.answer_ru):
        row.answer = wanted.answer
    return before != (row.state, row.refusal, row.answer)

"""What a resident says about a point: taken once, however often it is sent, without a name."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baqylau.councils.models import Comment, CommentChannel, Point, Sending, Stance, Tally
from baqylau.councils.queries.drafts import phase_of
from baqylau.councils.rules.saying import LONGEST, is_key, key_of, mark_of
from baqylau.councils.rules.term import Phase
from baqylau.councils.services.admitting import admit_comment, admit_stance
from baqylau.documents.cells import clean
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Nobody
from baqylau.kernel.codes import new_code
from baqylau.kernel.errors import DomainError

KEPT: Final = timedelta(days=2)
"""How long the key of a form is remembered; its page can be sent for half a day."""
WARNED: Final = "personal_warning"
"""The code of the refusal that only warns."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was sent: the form's key, an opinion, a comment; the last two may be "".

    `is_warned`: the person was told of the telephone in the text and sends it all the same.
    """

    key: str
    stance: str
    text: str
    language: str
    is_warned: bool = False
    code: str = ""
    """Of the comment; drawn where none is given."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of it: the comment, if there was one; whether all of it had come before."""

    comment: Comment | None
    stance: str
    is_again: bool


def say(*, point: Point, said: Said, network: str) -> Taken:
    """Take an opinion, a comment, or both.

    Raises: DomainError for what cannot be taken, code WARNED for a text with personal data that
    nobody was warned of; ManyError.
    """
    text = clean(said.text)
    _check(point, said, text)
    keys = _Keys(key_of(said.key, point.pk), key_of(said.key, point.pk, text) if text else "")
    has_stance = bool(said.stance) and not Sending.objects.filter(key=keys.stance).exists()
    has_text = bool(text) and not Comment.objects.filter(key=keys.comment).exists()
    if has_text:
        admit_comment(network=network)
    elif has_stance:
        admit_stance(network=network)
    return _write(point, said, text, keys)


@dataclass(frozen=True, slots=True)
class _Keys:
    """Under which the opinion and the comment of a form are known again."""

    stance: str
    comment: str


def _check(point: Point, said: Said, text: str) -> None:
    if phase_of(point.draft, clock.today()) is not Phase.OPEN:
        raise DomainError(
            _("The discussion of this draft is not open: nothing was taken."), code="closed"
        )
    if not is_key(said.key) or (said.stance and said.stance not in Stance.values):
        raise DomainError(_("Press the button once more, please."), code="form")
    if not (text or said.stance):
        raise DomainError(
            _("Choose what you think of this point, or write about it."), code="empty", field="text"
        )
    if len(text) > LONGEST:
        raise DomainError(_long(len(text)), code="long", field="text")
    if mark_of(text) == "personal" and not said.is_warned:
        raise DomainError(
            _(
                "There is a telephone or a person's number in your text. Everybody would read it: "
                "take it out. If it has to stay, send once more; a person looks at it first."
            ),
            code=WARNED,
            field="text",
        )


def _long(size: int) -> str:
    return _(
        "Your comment has %(size)s signs; at most %(limit)s can be taken. It stands below, "
        "whole: shorten it, or divide it and send the parts one after another."
    ) % {"size": size, "limit": LONGEST}


def _write(point: Point, said: Said, text: str, keys: _Keys) -> Taken:
    today = clock.today()
    is_again = True
    comment = None
    with transaction.atomic():
        if said.stance:
            _sending, is_new = Sending.objects.get_or_create(
                key=keys.stance, defaults={"sent_on": today}
            )
            if is_new:
                count(point, CommentChannel.SITE, {said.stance: 1})
                is_again = False
        if text:
            comment, is_new = Comment.objects.get_or_create(
                key=keys.comment,
                defaults={
                    "code": said.code or new_code(),
                    "point": point,
                    "channel": CommentChannel.SITE,
                    "language": said.language,
                    "text": text,
                    "written_on": today,
                    "mark": mark_of(text),
                },
            )
            is_again = is_again and not is_new
        if not is_again:
            append(
                action="councils.said",
                actor=Nobody(),
                subject=f"draft:{point.draft.code}",
                payload={"point": point.order, "comment": comment.code if comment else ""},
            )
    return Taken(comment, said.stance, is_again)


def count(point: Point, channel: str, counts: dict[str, int]) -> None:
    """Add opinions to a point's counters, within the caller's transaction."""
    for stance, number in counts.items():
        if number:
            row, _made = Tally.objects.get_or_create(point=point, channel=channel, stance=stance)
            Tally.objects.filter(pk=row.pk).update(count=F("count") + number)


def drop_sendings() -> str:
    """Forget keys of forms that can no longer be sent; says how many."""
    with transaction.atomic():
        gone = Sending.objects.filter(sent_on__lt=_oldest(clock.today())).delete()[0]
    return ngettext("%(count)s key dropped", "%(count)s keys dropped", gone) % {"count": gone}


def _oldest(today: date) -> date:
    return today - KEPT

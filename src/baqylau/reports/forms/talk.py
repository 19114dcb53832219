"""One form on its way from page to page: everything that it knows travels in the page itself."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.forms import BoundField
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baqylau.kernel import clock
from baqylau.reports.forms.answers import AnswersForm
from baqylau.reports.models import DraftFile, new_id
from baqylau.reports.queries.evidence import Added, files_of
from baqylau.reports.queries.places import Office, district_choices, found, offices
from baqylau.reports.rules import steps
from baqylau.reports.services.drafts import DraftKey, gone
from baqylau.seal import receipts
from baqylau.seal.errors import SealError

END = "whole"
"""The value of the form's last field: what was cut off on the way lacks it."""
ID = re.compile(r"[0-9a-f]{32}")
SECRET = re.compile(r"[0-9]{20}")
TITLES: dict[str, Promise | str] = {
    "what": gettext_lazy("What happened"),
    "where": gettext_lazy("Where and when"),
    "story": gettext_lazy("In your own words"),
    "evidence": gettext_lazy("Evidence"),
    "readers": gettext_lazy("Who must not read it"),
    "name": gettext_lazy("Your name, if you wish"),
    steps.WHOLE: gettext_lazy("Your report"),
    steps.REVIEW: gettext_lazy("Read it once more"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one step as a page shows them."""

    step: str
    title: object
    fields: list[BoundField]


@dataclass(slots=True, repr=False)
class Talk:
    """A form as it came, or a new one.

    `id` and `secret` are drawn with the first page, so that going back and sending again is the
    same report. `sought` are the names that were looked up already: (office, avoided office).
    """

    form: AnswersForm
    step: str
    id: str
    secret: str
    is_whole: bool = False
    draft: DraftKey | None = None
    sought: tuple[str, str] = ("", "")
    files: list[Added] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def typed(self, name: str) -> str:
        """What stands in a field, as it was typed."""
        return str(self.form[name].value() or "").strip()

    def look_at_files(self) -> None:
        """List the draft's files; one that has died is forgotten, with a word about it."""
        if self.draft is None:
            return
        try:
            is_there = DraftFile.objects.filter(draft=self.draft.id).exists()
            self.files = files_of(self.draft.id, self.draft.key()) if is_there else []
        except (SealError, ValueError):
            is_there, self.files = False, []
        if not is_there:
            self.draft = None
            self.notes.append(gone().message)

    def offer_offices(self) -> None:
        """Show the offices that were found by what was typed, beside those already chosen."""
        district = self.typed("district")
        here = [one for one in [self.typed("institution")] if one]
        avoid = [str(one) for one in self.form["avoid"].value() or []]
        at, kept = self.sought
        self.form.offer_offices("institution", _merged(offices(here), found(at, district)))
        self.form.offer_offices("avoid", _merged(offices(avoid), found(kept)))

    def seek(self) -> bool:
        """Look up the names that were typed and not yet looked up; whether something was found."""
        at, kept = self.typed("office"), self.typed("avoid_words")
        is_new_at = bool(at) and at != self.sought[0] and not self.typed("institution")
        is_new_kept = bool(kept) and kept != self.sought[1]
        hits = (is_new_at and bool(found(at, self.typed("district")))) or (
            is_new_kept and bool(found(kept))
        )
        self.sought = (at, kept)
        return hits

    def groups(self) -> list[Group]:
        """The questions of this page."""
        wanted = steps.STEPS if self.step == steps.WHOLE else {self.step: ()}
        return [
            Group(step, TITLES[step], self.form.bound(self._asked(step)))
            for step in wanted
            if step in steps.STEPS
        ]

    def hidden(self) -> list[BoundField]:
        """The questions that other pages ask."""
        shown = {one.name for group in self.groups() for one in group.fields}
        kept = [name for name in self.form.fields if name not in shown]
        return self.form.bound([name for name in kept if name != "wants_slip" or self._is_asking()])

    def _is_asking(self) -> bool:
        return self.step != steps.REVIEW

    def _asked(self, step: str) -> list[str]:
        """The fields of a step without those that have nothing to choose from."""
        left_out = set()
        if not getattr(self.form.fields["institution"].widget, "choices", ()):
            left_out.add("institution")
        if not getattr(self.form.fields["avoid"], "choices", ()):
            left_out.add("avoid")
        if not self.typed("institution"):
            left_out.add("near")
        return [name for name in steps.fields_of(step) if name not in left_out]

    @property
    def chosen_office(self) -> str:
        """The office where it happened, as the list calls it; "" if none was chosen."""
        code = self.typed("institution")
        return ", ".join(str(office.name) for office in offices([code])) if code else ""

    @property
    def unlisted_office(self) -> str:
        """The office where it happened, if it stands there in words only."""
        return "" if self.typed("institution") else self.typed("office")

    @property
    def title(self) -> object:
        """What the page is about."""
        return TITLES[self.step]

    @property
    def place(self) -> tuple[int, int]:
        """Which step of how many, the review included."""
        return steps.ORDER.index(self.step) + 1, len(steps.ORDER)


def _merged(chosen: Iterable[Office], more: Iterable[Office]) -> Sequence[tuple[str, object]]:
    rows = {office.code: office for office in (*chosen, *more)}
    return [(office.code, _label(office)) for office in rows.values()]


def _label(office: Office) -> object:
    if not office.name.lang:
        return f"{office.name} ({office.district})"
    return format_html(
        '<span lang="{}">{}</span> ({})', office.name.lang, office.name, office.district
    )


def new_talk(step: str = steps.FIRST, stage: str = "") -> Talk:
    """A form that nobody has filled in yet."""
    data = QueryDict(mutable=True)
    data["stage"] = stage
    talk = Talk(_form(data), step, new_id(), receipts.draw_secret(), step == steps.WHOLE)
    talk.form.initial = {"stage": stage}
    return talk


def read_talk(posted: QueryDict) -> Talk:
    """The form as it came back; what is not ours in its hidden fields is drawn anew."""
    step, mode = posted.get("step", ""), posted.get("mode", "")
    known = step in steps.ORDER or step == steps.WHOLE
    identity, secret = posted.get("id", ""), posted.get("secret", "")
    is_known = bool(ID.fullmatch(identity) and SECRET.fullmatch(secret))
    talk = Talk(
        _form(posted),
        step if known else steps.FIRST,
        identity if is_known else new_id(),
        secret if is_known else receipts.draw_secret(),
        mode == steps.WHOLE,
        _draft(posted),
        (posted.get("sought", "")[:1_000], posted.get("sought_avoid", "")[:1_000]),
    )
    talk.offer_offices()
    return talk


def is_cut(posted: QueryDict) -> bool:
    """Whether the form's end is missing: the line broke on the way."""
    return posted.get("end") != END


def cut_words() -> str:
    """What is said about it."""
    return _(
        "The line broke before everything had come. What came is here: "
        "look it over and choose the files again."
    )


def _form(data: QueryDict) -> AnswersForm:
    return AnswersForm(data, places=district_choices(), today=clock.today())


def _draft(posted: QueryDict) -> DraftKey | None:
    identity, secret = posted.get("draft", ""), posted.get("draft_key", "")
    return DraftKey(identity, secret) if ID.fullmatch(identity) and secret else None

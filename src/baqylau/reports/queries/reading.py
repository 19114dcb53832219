"""A report as an officer reads it: answers in words, the talk in order, what officers noted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from baqylau.casework.queries.listing import names
from baqylau.documents.clean.copying import KINDS
from baqylau.institutions.labels import name as place_name
from baqylau.institutions.models import Institution
from baqylau.reports.models import Report
from baqylau.reports.queries.contents import OpenedItem
from baqylau.reports.queries.entries import told_of
from baqylau.reports.queries.heads import head_of
from baqylau.reports.queries.places import ids
from baqylau.reports.rules.contents import FileHead, Kind, loaded
from baqylau.reports.rules.labels import read_label
from baqylau.reports.taxonomy import Amount, BribeForm, Conduct, Credibility, Ending, Stage
from baqylau.seal.keys import SecretKey
from baqylau.territories.labels import full_name
from baqylau.territories.models import Territory

LANGUAGES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """One thing in the talk. `who` is "" for the reporter, else a colleague's name."""

    number: int
    kind: str
    on: date
    is_ours: bool
    who: str
    text: str = ""
    asks: str = ""
    file: FileHead | None = None

    @property
    def can_be_cleaned(self) -> bool:
        """Whether a clean copy can be offered."""
        return self.file is not None and self.file.media_type in KINDS


@dataclass(frozen=True, slots=True, repr=False)
class Noted:
    """One thing that officers noted: `facts` are labels and values in words."""

    kind: str
    on: date
    who: str
    text: str = ""
    facts: Sequence[tuple[str, str]] = ()
    twin: Report | None = None


def talk(report: Report, part: str, key: SecretKey, items: Sequence[OpenedItem]) -> list[Said]:
    """The talk in its order; the answers of the form are not in it."""
    told = told_of(report.pk, part)
    called = names(actor for actor, _on in told.values())
    found = []
    for item in items:
        actor, on = told[item.number]
        if item.kind == Kind.REPORT:
            continue
        values = {} if item.is_stored else loaded(item.content)
        found.append(
            Said(
                number=item.number,
                kind=item.kind,
                on=on,
                is_ours=bool(actor),
                who=called.get(actor, ""),
                text=str(values.get("text", "")),
                asks=str(values.get("asks", "")),
                file=head_of(key, report, part, item.number) if item.is_stored else None,
            )
        )
    return found


def answers_of(items: Sequence[OpenedItem]) -> dict[str, Any]:
    """The answers of the form, as they were sealed."""
    return next((loaded(one.content) for one in items if one.kind == Kind.REPORT), {})


def answers_said(answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The answers in words, those alone that were given; the story is shown by itself."""
    found = []
    for name, (label, word) in _asked().items():
        if answers.get(name):
            found.append((label, word(answers[name])))
    return found


def _asked() -> dict[str, tuple[str, Callable[[Any], str]]]:
    """Every question of the form and how its answer is said, in the order of the page."""
    return {
        "stage": (_("How far it has gone"), _choice(Stage)),
        "conduct": (pgettext("conduct", "What was done"), _choice(Conduct)),
        "bribe": (_("What was asked or given"), _choice(BribeForm)),
        "amount": (_("Amount named"), _choice(Amount)),
        "district": (_("District"), district_said),
        "institution": (_("Body"), body_said),
        "office": (_("Office, as it was typed"), str),
        "service": (_("Service"), str),
        "month": (_("When"), month_said),
        "avoid": (_("Whose people must not read it"), _bodies_said),
        "avoid_words": (_("Kept out, as it was typed"), str),
        "language": (_("Language of the reporter"), lambda code: LANGUAGES.get(code, code)),
        "assisted": (_("Typed by a colleague for the reporter"), lambda _value: _("yes")),
    }


def _choice(choices: Any) -> Callable[[Any], str]:  # noqa: ANN401 - any of the taxonomies
    labels = dict(choices.choices)
    return lambda code: str(labels.get(code, code))


def month_said(month: str) -> str:
    """The month in words; a year as it is."""
    try:
        return date_format(date.fromisoformat(f"{month}-01"), "YEAR_MONTH_FORMAT")
    except ValueError:
        return str(month)


def district_said(kato: str) -> str:
    """The district's full name; its code where it is not known."""
    row = Territory.objects.filter(kato=kato).first()
    return full_name(row) if row else str(kato)


def body_said(code: str) -> str:
    """The body's name; its code where it is not known."""
    row = Institution.objects.filter(code=code).first()
    return str(place_name(row)) if row else str(code)


def _bodies_said(codes: Sequence[str]) -> str:
    return "; ".join(body_said(str(code)) for code in codes)


def kept_out(answers: Mapping[str, Any]) -> frozenset[int]:
    """Ids of the bodies whose people the reporter has kept out."""
    return ids([str(code) for code in answers.get("avoid", ())])


def noted(items: Sequence[OpenedItem]) -> list[Noted]:
    """What officers noted, in its order; a case that is settled is said once, by who began it."""
    values = [(item.kind, loaded(item.content)) for item in items]
    begun = {one["n"]: one for kind, one in values if kind == Kind.CASE and "by" in one}
    settled = {one["n"] for kind, one in values if kind == Kind.CASE and "by" not in one}
    shown = [
        (kind, {"by": begun[one["n"]]["by"], **one} if kind == Kind.CASE else one)
        for kind, one in values
        if kind != Kind.CASE or "by" not in one or one["n"] not in settled
    ]
    called = names(str(one.get("by", "")) for _kind, one in shown)
    others = Report.objects.in_bulk([one["report"] for kind, one in shown if kind == Kind.TWIN])
    return [
        Noted(
            kind=kind,
            on=date.fromisoformat(one["on"]),
            who=called.get(str(one.get("by", "")), ""),
            text=str(one.get("text", "")),
            facts=_facts(kind, one),
            twin=others.get(one["report"]) if kind == Kind.TWIN else None,
        )
        for kind, one in shown
    ]


def _facts(kind: str, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    if kind == Kind.CLOSED:
        return [(_("Closed"), _choice(Ending)(values["ending"]))]
    if kind == Kind.CASE:
        if values.get("given_up"):
            return [(_("Case"), _("was not opened: the choice was refused"))]
        return [(_("Case"), str(values.get("number") or _("is being opened")))]
    if kind != Kind.LABEL:
        return []
    label = read_label(values)
    said = (
        (_("District"), district_said(label.district) if label.district else ""),
        (pgettext("conduct", "What was done"), _choice(Conduct)(label.conduct)),
        (_("Credibility"), _choice(Credibility)(label.credibility)),
        (_("Severity"), str(label.severity or "")),
    )
    return [(name, word) for name, word in said if word]

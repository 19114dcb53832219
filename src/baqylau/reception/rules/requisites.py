"""What a letter to an office must say, and by which article; pure tables.

Sources, by article:
- `appc63`: Administrative Procedural and Process-Related Code, article 63: surname, name and
  patronymic, individual number if any, postal address; the body or official; the substance; the
  day; the signature. Read in an akimat's published retelling of the article.
- `appc93`: the same Code, article 93, the contents of a complaint. From memory, not compared.
- `info11`: Law on Access to Information, article 11: a written request is addressed to the holder
  of the information. That much was read; what else it must say is from memory.
No lawyer has checked the table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from baqylau.casework.taxonomy import Procedure, StepKind
from baqylau.kernel.errors import DomainError
from baqylau.text import skeleton

Text = Any
"""A lazy translation."""

ARTICLES: Final[Mapping[str, Text]] = {
    "appc63": _("Administrative Procedural and Process-Related Code, article 63"),
    "appc93": _("Administrative Procedural and Process-Related Code, article 93"),
    "info11": _("Law on Access to Information, article 11"),
}
BODY: Final = "body_name"
DAY: Final = "letter_date"
SIGNATURE: Final = "____"
"""What a template has where somebody signs by hand."""
LINE: Final = 240
WORDS: Final = 6_000
LISTS: Final = 1_500
DAYS: Final = frozenset({"learned_on", "appeal_date", "answer_due"})
"""Places that hold a day."""
LONG: Final[Mapping[str, int]] = {
    "facts": WORDS,
    "reasons": WORDS,
    "request": WORDS,
    "information": WORDS,
    "attachments": LISTS,
}
"""Places of several lines, and how many signs they hold."""
PRIVATE: Final = ("applicant_iin", "applicant_address")
"""What a consent may keep for the next letter."""
PERSON: Final = ("applicant_name", *PRIVATE, "applicant_phone")


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A letter that the desk helps to write.

    `template` is its code in the lawbook; `procedure` what is begun by filing it; `step` how it is
    written down in the case. `fields` are the places to be typed, in their order; `needed` names
    those that must not stay empty, with the article that asks for them. `receivers` are the rows
    of the list of addressees that are suggested.
    """

    code: str
    label: Text
    template: str
    procedure: Procedure
    step: StepKind
    fields: tuple[str, ...]
    needed: Mapping[str, str]
    receivers: tuple[Procedure, ...]


_APPLICANT: Final = {"applicant_name": "appc63", "applicant_address": "appc63", BODY: "appc63"}
_COMPLAINT_FIELDS: Final = (
    *PERSON,
    "service_name",
    "decided_by",
    "decision",
    "learned_on",
    "facts",
    "reasons",
    "request",
    "attachments",
)
_COMPLAINT_NEEDED: Final = {
    **_APPLICANT,
    "decided_by": "appc93",
    "decision": "appc93",
    "learned_on": "appc93",
    "reasons": "appc93",
    "request": "appc93",
}
_REVIEWERS: Final = (Procedure.PROVIDER, Procedure.QUALITY)


def _complaint(code: str, label: Text, procedure: Procedure, step: StepKind) -> LetterKind:
    receivers = (procedure,) if procedure in _REVIEWERS else _REVIEWERS
    return LetterKind(
        code, label, "complaint", procedure, step, _COMPLAINT_FIELDS, _COMPLAINT_NEEDED, receivers
    )


KINDS: Final[Mapping[str, LetterKind]] = {
    kind.code: kind
    for kind in (
        LetterKind(
            "appeal",
            _("Appeal to a state body"),
            "appeal",
            Procedure.APPEAL,
            StepKind.FILED,
            (*PERSON, "service_name", "facts", "request", "attachments"),
            {**_APPLICANT, "facts": "appc63", "request": "appc63"},
            (Procedure.APPEAL,),
        ),
        _complaint(
            "provider",
            _("Complaint to the service provider"),
            Procedure.PROVIDER,
            StepKind.FILED,
        ),
        _complaint(
            "quality",
            _("Complaint to the service quality body"),
            Procedure.QUALITY,
            StepKind.FILED,
        ),
        LetterKind(
            "information",
            _("Request for information"),
            "information_request",
            Procedure.INFORMATION,
            StepKind.FILED,
            (*PERSON, "information", "answer_form", "attachments"),
            {**dict.fromkeys(_APPLICANT, "info11"), "information": "info11"},
            (Procedure.INFORMATION,),
        ),
        _complaint(
            "complaint",
            _("Complaint about an answer or a refusal"),
            Procedure.APPEAL,
            StepKind.COMPLAINT,
        ),
        LetterKind(
            "silence",
            _("Complaint about silence"),
            "silence_complaint",
            Procedure.APPEAL,
            StepKind.COMPLAINT,
            (
                *PERSON,
                "decided_by",
                "appeal_number",
                "appeal_date",
                "answer_due",
                "facts",
                "request",
                "attachments",
            ),
            {
                **_APPLICANT,
                "decided_by": "appc93",
                "appeal_date": "appc93",
                "answer_due": "appc93",
                "request": "appc93",
            },
            _REVIEWERS,
        ),
    )
}
"""Every kind of letter, by code."""


def kind_of(template: str, procedure: str) -> LetterKind:
    """The kind with this template and procedure. Raises: KeyError."""
    for kind in KINDS.values():
        if (kind.template, kind.procedure) == (template, procedure):
            return kind
    raise KeyError(f"{template} {procedure}")


def missing(kind: LetterKind, values: Mapping[str, str]) -> list[DomainError]:
    """One refusal, with its field and its article, for each place that must not stay empty."""
    return [
        DomainError(
            _("The letter needs this: %(article)s (not checked by a lawyer)."),
            code="requisite",
            field=name,
            params={"article": ARTICLES[article]},
        )
        for name, article in kind.needed.items()
        if not values.get(name, "").strip()
    ]


def goes_to_itself(
    kind: LetterKind, values: Mapping[str, str], names: Iterable[str]
) -> DomainError | None:
    """The refusal of a complaint whose addressee is the body that it goes through.

    `names` are the addressee's own, in every language. The provider's head is complained to about
    the provider itself, so that kind is let through.
    """
    decided_by = skeleton(values.get("decided_by", "")).strip()
    is_same = bool(decided_by) and decided_by in {skeleton(name).strip() for name in names}
    if kind.procedure == Procedure.PROVIDER or not is_same:
        return None
    return DomainError(
        _(
            "The letter would go to the very body that decided: choose the one above it, or mend "
            "who decided."
        ),
        code="same_body",
        field=BODY,
    )


def lacking_places(kind: LetterKind, text: str, places: Sequence[str]) -> tuple[str, ...]:
    """What the template itself leaves out of what the kind needs: places, day, signature."""
    wanted = [*kind.needed, DAY]
    lacking = [name for name in wanted if name not in places]
    return (*lacking, *(() if SIGNATURE in text else ("signature",)))

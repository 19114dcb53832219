"""What is counted of the answers that bodies owe: given in time, late, or not at all."""

from collections.abc import Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from baqylau.casework.access import SEE
from baqylau.casework.dimensions import BODY, DISTRICT, KIND, SERVICE
from baqylau.casework.queries.answers import IN_TIME_CODE, SILENCE_CODE
from baqylau.casework.queries.listing import NONE
from baqylau.casework.rules.facts import Fact
from baqylau.casework.rules.terms import ended_terms, is_in_time, is_silence
from baqylau.kernel.access import Actor
from baqylau.kernel.figures import Contribution, Count, Figure, Share, Slice

ANSWERS, IN_TIME, SILENCE = "casework.answers", "casework.in_time", "casework.silence"


def counted(cells: Mapping[str, str], facts: Sequence[Fact]) -> Iterator[Contribution]:
    """What the terms of a case, whose own cells these are, count for after these steps."""
    parts = {by.code: cells[by.code] for by in (KIND, SERVICE, DISTRICT)}
    for fact in ended_terms(facts):
        cells = {**parts, "body": fact.body}
        yield Contribution(ANSWERS, fact.on, cells=cells)
        if is_in_time(fact):
            yield Contribution(IN_TIME, fact.on, cells=cells)
        if is_silence(fact):
            yield Contribution(SILENCE, fact.on, cells=cells)


MEASURES = frozenset({ANSWERS, IN_TIME, SILENCE})


def _address(wanted: Slice, how: str) -> str:
    query = {"how": how} if how else {}
    if wanted.period:
        query["from"] = wanted.period.first.isoformat()
        query["until"] = wanted.period.until.isoformat()
    if wanted.dimension:
        query[wanted.dimension] = wanted.value or NONE
    return f"{reverse('case_answers')}?{urlencode(query)}"


def answers_list(_actor: Actor, wanted: Slice) -> str:
    """The terms that ended then."""
    return _address(wanted, "")


def in_time_list(_actor: Actor, wanted: Slice) -> str:
    """Of them those with an answer in time."""
    return _address(wanted, IN_TIME_CODE)


def silence_list(_actor: Actor, wanted: Slice) -> str:
    """Of them those without an answer."""
    return _address(wanted, SILENCE_CODE)


_PARTS = (DISTRICT, BODY, SERVICE, KIND)

FIGURES = (
    Figure(
        code="casework.in_time",
        label=_("Share of answers within the term"),
        sentence=_(
            "Of all answers of bodies that came in the period, and of all terms found in it to "
            "have passed without one, the share of answers that came on the last day of their term "
            "or before. An answer counts on the day it came; silence on the day we noted it, or "
            "closed the case without an answer. A term that has passed, and that nobody has noted "
            "yet, does not count. The last day is the one counted when the step was written down: "
            "extensions are in it, and after a redirection the term runs anew for the other body. "
            "Terms may rest on rules that no lawyer has checked yet; each case says which."
        ),
        population=_("Answers that came, and terms that passed without one"),
        unit=_("share"),
        kind=Share(IN_TIME, ANSWERS, _("of them within the term")),
        action=SEE,
        dimensions=_PARTS,
        records=answers_list,
        counted=in_time_list,
        published=frozenset({"district", "body"}),
        order=36,
    ),
    Figure(
        code="casework.answers",
        label=_("Answers of bodies"),
        sentence=_(
            "How many terms for an answer came to their end in the period: by an answer, in time "
            "or late, or by silence that we noted. Each term counts once, by what ended it first, "
            "with the body that owed the answer. Counted from the steps of cases."
        ),
        population=_("Answers that came, and terms that passed without one"),
        unit=_("answers"),
        kind=Count(ANSWERS),
        action=SEE,
        dimensions=_PARTS,
        records=answers_list,
        published=frozenset({"district", "body"}),
        order=37,
    ),
    Figure(
        code="casework.silence",
        label=_("Silence: terms that passed without an answer"),
        sentence=_(
            "How many terms were found in the period to have passed without an answer: noted as "
            "silence, or closed without an answer after the last day. An answer that comes later "
            "changes nothing in it. A term that has passed and that nobody has noted yet does not "
            "count, so there may be more of them."
        ),
        population=_("Terms that passed without an answer"),
        unit=_("terms"),
        kind=Count(SILENCE),
        action=SEE,
        dimensions=_PARTS,
        records=silence_list,
        published=frozenset(),
        order=38,
    ),
)

"""Letters in whatever state a test needs."""

from collections.abc import Mapping
from datetime import date

from baqylau.kernel.access import Actor
from baqylau.reception.models import Consultation, Letter
from baqylau.reception.queries.letters import letter
from baqylau.reception.services.letters import begin_letter, save_letter
from tests.casework.making import AKIMAT
from tests.reception.making import ADVISER, record

IIN = "061211600012"
"""From the example of a public program; nobody's."""
NAME, STREET = "Ғалымқызы Әсел", "Тараз қаласы, Төле би көшесі, 900-үй"
APPEAL = {
    "applicant_name": NAME,
    "applicant_iin": IIN,
    "applicant_address": STREET,
    "facts": "Өтінішім 4 мамырда қабылданбады.\n\nСебебі айтылмады.",
    "request": "Өтінішті тіркеуіңізді сұраймын.",
}
COMPLAINT = {
    **APPEAL,
    "decided_by": "№ 905 мектеп",
    "decision": "Бас тарту, № 12",
    "learned_on": date(2026, 6, 1).isoformat(),
    "reasons": "Заңда ондай негіз жоқ.",
}
SILENCE = {
    **APPEAL,
    "decided_by": "№ 905 мектеп",
    "appeal_number": "ЖТ-2026-12345",
    "appeal_date": date(2026, 5, 4).isoformat(),
    "answer_due": date(2026, 5, 27).isoformat(),
}
INFORMATION = {**APPEAL, "information": "Кезектегі орындар саны."}
WHOLE = {
    "appeal": APPEAL,
    "provider": COMPLAINT,
    "quality": COMPLAINT,
    "complaint": COMPLAINT,
    "silence": SILENCE,
    "information": INFORMATION,
}
"""Everything that each kind needs."""


def begun(
    kind: str = "appeal",
    language: str = "kk",
    row: Consultation | None = None,
    actor: Actor = ADVISER,
) -> Letter:
    """A letter of a visit, with nothing typed yet."""
    row = row or record(actor)
    return begin_letter(actor=actor, number=row.number, kind=kind, language=language)


def save(of: Letter, typed: Mapping[str, str], body: str = AKIMAT) -> Letter:
    """The letter with this typed, as it is now kept."""
    seen = letter(of.key).edition
    save_letter(actor=ADVISER, key=of.key, seen=seen, typed=typed, body=body)
    return letter(of.key)


def whole(kind: str = "appeal", language: str = "kk", row: Consultation | None = None) -> Letter:
    """A letter that can be printed."""
    return save(begun(kind, language, row), WHOLE[kind])

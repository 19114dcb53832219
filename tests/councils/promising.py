"""Documents and recommendations in whatever state a test needs."""

from datetime import UTC, date, datetime, time
from typing import Any

from baqylau.councils.models import Council, FinalDocument, Recommendation
from baqylau.councils.services import deliveries, documents
from baqylau.councils.services.stepping import record_step
from baqylau.kernel import clock
from tests.councils.making import AKIMAT, COORDINATOR, LAWYER, SECRETARY

DONE = date(2026, 5, 4)
"""The Monday on which the control ended; the document must go out by 15 May."""
ASKED = "Кезекті электронды түрде жүргізуді және тақтаға шығаруды ұсынамыз."
REPLY = "Ұсыным қабылданды: кезек электронды жүйеге көшіріледі."
TEXTS = {
    "title_kk": "Қабылдау бөлмесіндегі кезек туралы",
    "title_ru": "Об очереди в приёмной",
    "place_kk": "Тараз қаласы",
    "place_ru": "город Тараз",
    "tasks_kk": "Кезектің қалай жүргізілетінін қарау",
    "tasks_ru": "Посмотреть, как ведётся очередь",
    "subjects_kk": "Қала әкімдігі",
    "subjects_ru": "Акимат города",
    "facts_kk": "Кезек қағазға жазылады, орташа күту уақыты екі сағат.",
    "facts_ru": "Очередь ведётся на бумаге, в среднем ждут два часа.",
}


def written(**changes: Any) -> documents.Written:  # noqa: ANN401 - of many kinds
    """A final document about which everything is said."""
    given: dict[str, Any] = {
        "kind": "final",
        "first_on": date(2026, 4, 20),
        "completed_on": DONE,
        "form": "monitoring",
        "signer": "Айгүл Үлгібаева",
        "texts": TEXTS,
    }
    return documents.Written(**{**given, **changes})


def draft(**changes: Any) -> FinalDocument:  # noqa: ANN401 - of many kinds
    """A draft without recommendations."""
    return documents.write_document(actor=SECRETARY, said=written(**changes))


def ask(document: FinalDocument, body: str = AKIMAT, **changes: Any) -> Recommendation:  # noqa: ANN401 - of many kinds
    """One more recommendation in a draft."""
    given: dict[str, Any] = {"text_kk": ASKED, "body": body, "origin": "control"}
    return documents.write_recommendation(
        actor=SECRETARY, document=document.code, **{**given, **changes}
    )


def signed(*bodies: str, on: date = DONE, **changes: Any) -> FinalDocument:  # noqa: ANN401 - of many kinds
    """A signed document with a recommendation to each of the bodies."""
    row = draft(**changes)
    for body in bodies or (AKIMAT,):
        ask(row, body)
    return documents.sign(actor=COORDINATOR, code=row.code, revision=row.revision, on=on)


def sent(on: date = DONE, body: str = AKIMAT, **changes: Any) -> Recommendation:  # noqa: ANN401 - of many kinds
    """A recommendation that was sent on the day."""
    row = signed(body, **changes)
    deliveries.send(actor=COORDINATOR, document=row.code, body=body, on=on)
    return Recommendation.objects.get(document=row)


def received(on: date = DONE, body: str = AKIMAT, **changes: Any) -> Recommendation:  # noqa: ANN401 - of many kinds
    """A recommendation that was sent and arrived on the day."""
    row = sent(on, body, **changes)
    assert row.document is not None
    deliveries.receive(actor=SECRETARY, document=row.document.code, body=body, on=on)
    row.refresh_from_db()
    return row


def happen(row: Recommendation, kind: str, on: date, **details: Any) -> Recommendation:  # noqa: ANN401 - of many kinds
    """One more step."""
    words = {"text_kk": REPLY} if kind in ("answered", "executed", "verified") else {}
    given: dict[str, Any] = {"said": words, **details}
    return record_step(actor=LAWYER, number=row.number or "", kind=kind, on=on, **given)


def accepted(on: date = date(2026, 5, 12), **details: Any) -> Recommendation:  # noqa: ANN401 - of many kinds
    """A recommendation that was accepted in time."""
    return happen(received(), "answered", on, **{"finding": "accepted", **details})


def of_council(council: Council, **changes: Any) -> Recommendation:  # noqa: ANN401 - of many kinds
    """A council's recommendation that arrived."""
    return received(kind="council", council=council.code, form="", **changes)


def on_day(day: date) -> Any:  # noqa: ANN401 - a context manager
    """The clock held at the day's morning."""
    return clock.frozen(datetime.combine(day, time(7), UTC))

"""Open data of the module: the register of recommendations, row by row."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from baqylau.councils.models import Recommendation
from baqylau.councils.queries.recommendations import public
from baqylau.councils.taxonomy import ANSWERS, CHECKS, PUBLIC_STATES, Origin
from baqylau.kernel import codes
from baqylau.kernel.datasets import Dataset, Field, Row, Type

CHUNK = 1_000

FIELDS = (
    Field(
        "number",
        Type.STRING,
        _("Its number; the page of the recommendation bears it in its address."),
        is_required=True,
        pattern=r"[\w.\-]{1,32}",
    ),
    Field("document", Type.STRING, _("The number of the document in which it stands.")),
    Field(
        "body", Type.STRING, _("The code of the body that owes the answer."), pattern=codes.SHAPE
    ),
    Field("body_name", Type.STRING, _("The body's name in Kazakh."), is_required=True),
    Field("district", Type.STRING, _("The district's code (KATO)."), pattern=r"[0-9]{9}"),
    Field("council", Type.STRING, _("The code of the council that recommends it, if one does.")),
    Field("origin", Type.STRING, _("Where it came from."), choices=Origin.values),
    Field("text_kk", Type.STRING, _("What is recommended, in Kazakh."), is_required=True),
    Field("text_ru", Type.STRING, _("What is recommended, in Russian.")),
    Field(
        "state",
        Type.STRING,
        _("The state it is in."),
        is_required=True,
        choices=tuple(each.value for each in PUBLIC_STATES),
    ),
    Field("written_on", Type.DATE, _("The day of its document."), is_required=True),
    Field("sent_on", Type.DATE, _("When it was sent.")),
    Field("received_on", Type.DATE, _("When it arrived; the term runs from this day.")),
    Field(
        "due_on", Type.DATE, _("The last day of the term that runs: for an answer, or a promise's.")
    ),
    Field("answered_on", Type.DATE, _("The day of the answer that holds.")),
    Field(
        "answer",
        Type.STRING,
        _("What the answer comes to."),
        choices=tuple(each.value for each in ANSWERS),
    ),
    Field(
        "was_in_time",
        Type.BOOLEAN,
        _("Whether the answer came in time; empty until the term has ended."),
    ),
    Field("promised_on", Type.DATE, _("For which day the body has promised it.")),
    Field("executed_on", Type.DATE, _("When the body reported it as executed.")),
    Field(
        "found",
        Type.STRING,
        _("What the last check on the spot came to."),
        choices=tuple(each.value for each in CHECKS),
    ),
    Field(
        "is_imported",
        Type.BOOLEAN,
        _("Whether it was taken over from an older register."),
        is_required=True,
    ),
)


def rows(asked: Mapping[str, str]) -> Iterator[Row]:
    """Every recommendation that was sent, in the order in which they were written down."""
    wanted = public().select_related("institution", "document", "council").order_by("pk")
    narrow = {"number": "number", "body": "institution__code", "district": "territory_id"}
    wanted = wanted.filter(
        **{column: asked[name] for name, column in narrow.items() if name in asked}
    )
    for row in wanted.iterator(CHUNK):
        yield _row(row)


def _row(row: Recommendation) -> Row:
    return (
        row.number,
        row.document.number if row.document else None,
        row.institution.code,
        row.institution.name_kk,
        row.territory_id,
        row.council.code if row.council else None,
        row.origin,
        row.text_kk,
        row.text_ru or None,
        row.state,
        row.written_on,
        row.sent_on,
        row.received_on,
        row.due_on,
        row.answered_on,
        row.answer or None,
        row.was_in_time,
        row.promised_on,
        row.executed_on,
        row.found or None,
        row.is_imported,
    )


RECOMMENDATIONS = Dataset(
    code="recommendations",
    label=_("Recommendations and promises"),
    sentence=_(
        "What was recommended to state bodies, and what became of it. A row is a recommendation, "
        "never a person; answers in full stand on its page."
    ),
    fields=FIELDS,
    rows=rows,
    key=("number",),
    asked=("number", "body", "district", "state"),
    order=70,
    is_live=True,
)
DATASETS = (RECOMMENDATIONS,)

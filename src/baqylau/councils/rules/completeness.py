"""What a final document must hold before it is signed.

Source: Law on Public Control No 30-VIII of 02.10.2023, article 13: when and where the control took
place, its tasks, subjects and form, the facts found, the recommendations. Not checked by a lawyer.
"""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baqylau.councils.taxonomy import DocumentKind
from baqylau.kernel.errors import DomainError

NAMES: Mapping[str, Promise] = {
    "title_kk": _("Title in Kazakh"),
    "place_kk": _("Place, in Kazakh"),
    "tasks_kk": _("Tasks of the control, in Kazakh"),
    "subjects_kk": _("Whom the control was about, in Kazakh"),
    "form": _("Form of the control"),
    "facts_kk": _("What was found, in Kazakh"),
    "signer": _("Who signs it"),
    "council": _("Council"),
}
WANTED: Mapping[str, tuple[str, ...]] = {
    DocumentKind.FINAL: (
        "title_kk",
        "place_kk",
        "tasks_kk",
        "subjects_kk",
        "form",
        "facts_kk",
        "signer",
    ),
    DocumentKind.COUNCIL: ("title_kk", "council", "facts_kk", "signer"),
    DocumentKind.LETTER: ("title_kk", "facts_kk", "signer"),
}


def lacking(kind: str, fields: Mapping[str, object], recommendations: int) -> Iterator[DomainError]:
    """What is still to be filled in, each field by its name."""
    for name in WANTED[kind]:
        if not str(fields.get(name) or "").strip():
            yield DomainError(
                _("Still to be filled in: %(field)s."),
                code="lacking",
                field=name,
                params={"field": NAMES[name]},
            )
    if not recommendations:
        yield DomainError(_("There is no recommendation in it yet."), code="lacking")

"""A final document on paper, in Kazakh or Russian."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from baqylau.councils.models import FinalDocument, Recommendation
from baqylau.councils.queries.documents import DocumentPage
from baqylau.councils.queries.said import said
from baqylau.councils.taxonomy import DocumentKind
from baqylau.documents.letters import Letter
from baqylau.institutions import labels
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.web.queries import organisation

LANGUAGES = ("kk", "ru")


def languages_of(document: FinalDocument, rows: Sequence[Recommendation]) -> list[str]:
    """In which languages it can be printed: where every part that is there is said in it."""
    parts = ("title", "place", "tasks", "subjects", "facts")
    of_ru = [(getattr(document, f"{name}_kk"), getattr(document, f"{name}_ru")) for name in parts]
    of_ru += [(row.text_kk, row.text_ru) for row in rows]
    has_ru = all(ru or not kk for kk, ru in of_ru)
    return list(LANGUAGES if has_ru else LANGUAGES[:1])


def paper_of(page: DocumentPage, language: str) -> Letter:
    """The document as the writers of letters take it.

    Raises: DomainError for a language in which it is not written.
    """
    if language not in languages_of(page.document, page.recommendations):
        raise DomainError(_("The document is not written in this language."), code="language")
    document = page.document
    with translation.override(language):
        number = document.number or _("draft")
        return Letter(
            title=_("%(kind)s, %(number)s")
            % {"kind": _capital(document.get_kind_display()), "number": number},
            language=language,
            day=document.signed_on or clock.today(),
            head=tuple(_head(page)),
            heading=_flat(_text(document, "title", language)),
            body=tuple(_body(page, language)),
        )


def _capital(text: object) -> str:
    said = str(text)
    return said[:1].upper() + said[1:]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _text(of: object, field: str, language: str) -> str:
    return str(getattr(of, f"{field}_{language}"))


def _said(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _head(page: DocumentPage) -> Iterator[str]:
    bodies = {row.institution_id: row.institution for row in page.recommendations}
    for body in bodies.values():
        yield _flat(labels.name(body).text)
    yield ""
    yield _flat(organisation())


def _body(page: DocumentPage, language: str) -> Iterator[str]:
    document = page.document
    signed = document.signed_on
    number = document.number or _("draft")
    yield _("No %(number)s") % {"number": number} + (f", {_said(signed)}" if signed else "")
    yield ""
    if document.council is not None:
        yield _line(_("Council"), said(document.council, "name").text)
    yield _line(_("When"), f"{_said(document.first_on)} – {_said(document.completed_on)}")
    if place := _text(document, "place", language):
        yield _line(_("Place"), place)
    if document.form:
        yield _line(_("Form of control"), str(document.get_form_display()))
    for name, heading in (
        ("tasks", _("Tasks")),
        ("subjects", _("Whom it was about")),
        ("facts", _("What was found")),
    ):
        if text := _text(document, name, language):
            yield ""
            yield heading
            yield from _lines(text)
    yield ""
    yield _("Recommendations")
    for order, row in enumerate(page.recommendations, start=1):
        yield from _recommendation(row, order, language)
    yield from _close(page)


def _recommendation(row: Recommendation, order: int, language: str) -> Iterator[str]:
    number = row.number or str(order)
    yield ""
    yield _line(number, _flat(labels.name(row.institution).text))
    yield from _lines(_text(row, "text", language))


def _close(page: DocumentPage) -> Iterator[str]:
    yield ""
    if page.document.kind == DocumentKind.FINAL:
        yield _(
            "The body owes a reasoned answer to each recommendation separately (Law on Public "
            "Control, article 13)."
        )
    yield _("Each recommendation has a public page, where the answer will stand.")
    yield ""
    yield page.document.signer


def _line(name: str, text: str) -> str:
    return f"{name}: {_flat(text)}"


def _lines(text: str) -> Iterator[str]:
    for line in text.replace("\r\n", "\n").replace("\t", " ").split("\n"):
        yield line.rstrip()

"""The published cards as a table: one row a card and language."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from baqylau.catalogue.labels import part_label
from baqylau.catalogue.models import CardVersion, State
from baqylau.catalogue.queries.readings import texts_of, wording_of
from baqylau.catalogue.rules.references import write_references
from baqylau.catalogue.rules.wording import LANGUAGES, PARTS
from baqylau.documents.tables import Sheet, Value, write_csv, write_xlsx

ALL_PARTS: Final = tuple(dict.fromkeys(part for parts in PARTS.values() for part in parts))
"""The parts of all kinds of card, each once."""


def headings() -> list[str]:
    """The headings in the active language."""
    facts = (_("Code"), _("Language"), _("Version"), _("True as of"), _("Checked by"), _("Law"))
    return [*facts, *map(part_label, ALL_PARTS)]


def rows() -> Iterator[Sequence[Value]]:
    """The published texts, by card and language; two queries."""
    versions = list(
        CardVersion.objects.filter(state=State.PUBLISHED)
        .select_related("card")
        .order_by("card__kind", "card__order", "card__code")
    )
    texts = texts_of(versions)
    for version in versions:
        for language in LANGUAGES:
            if text := texts[version.pk].get(language):
                words = wording_of(text, version.card.kind)
                parts = [getattr(words, part) for part in ALL_PARTS]
                yield [
                    version.card.code,
                    language,
                    version.number,
                    version.as_of,
                    version.checked_by,
                    write_references(version.law),
                    *("\n".join(value) if isinstance(value, tuple) else value for value in parts),
                ]


def cards_as_xlsx() -> bytes:
    """The published cards as a workbook."""
    return write_xlsx([Sheet(_("Cards"), headings(), rows())])


def cards_as_csv() -> bytes:
    """The published cards as CSV."""
    return write_csv([headings(), *rows()])

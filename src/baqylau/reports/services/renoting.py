"""Officers' notes to custodians, sealed anew when a custodian's key changes."""

from collections.abc import Mapping

from baqylau.reports.models import NameRequest
from baqylau.reports.queries.names import custodians_of
from baqylau.seal import notes
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey


def renoted(own: SecretKey, public: str) -> Mapping[str, bytes]:
    """The notes of open requests that `own` reads, sealed to its successor and the colleagues."""
    found = {}
    for row in NameRequest.objects.filter(state=NameRequest.State.ASKED).select_related("report"):
        try:
            text = notes.unseal(own, row.pk, bytes(row.note))
        except SealError:
            continue
        others = {each.public for each in custodians_of(row.report)} - {own.public}
        found[row.pk] = notes.seal(text, row.pk, [public, *sorted(others)])
    return found


def store_notes(fresh: Mapping[str, bytes]) -> None:
    """Put the new notes in place of the old ones, within the caller's transaction."""
    for number, note in fresh.items():
        NameRequest.objects.filter(pk=number).update(note=note)

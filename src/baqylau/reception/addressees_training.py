"""Invented rows of the list of addressees for the training site."""

from collections.abc import Callable
from typing import Final

from baqylau.casework.taxonomy import Procedure
from baqylau.institutions.models import Institution, Kind
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.kernel.roles import Role
from baqylau.reception.models import Addressee
from baqylau.reception.services.addressees import add_addressee

SOURCE: Final = "Оқу жазбасы: ойдан шығарылған"
"""Nothing of this is written anywhere: the source says so."""
LETTERS: Final = {
    Kind.AKIMAT: (Procedure.APPEAL, Procedure.INFORMATION),
    Kind.TSON: (Procedure.PROVIDER,),
    Kind.STATE_BODY: (Procedure.QUALITY, Procedure.INFORMATION),
    Kind.POLICE: (Procedure.APPEAL,),
}


def load(_seed: int, _scale: int, progress: Callable[[int, int], None]) -> int:
    """Add rows for one invented body of each kind in its district; once. Returns the rows."""
    if Addressee.objects.exists():
        return 0
    lawyer = Actor(SYSTEM.key, frozenset({Role.LAWYER}))
    found = Institution.objects.open_on(clock.today()).filter(kind__in=list(LETTERS))
    first = {(body.kind, body.district_id): body for body in found.order_by("-code")}
    bodies = list(first.values())
    made = 0
    for done, body in enumerate(bodies, 1):
        for procedure in LETTERS[Kind(body.kind)]:
            add_addressee(
                actor=lawyer,
                procedure=procedure,
                body=body.code,
                source=SOURCE,
                territory=body.district_id,
            )
            made += 1
        progress(done, len(bodies))
    return made

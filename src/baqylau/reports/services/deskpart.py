"""D, the part that officers keep for themselves: made by the first of them who notes something."""

from django.db import transaction

from baqylau.journal.services import append
from baqylau.kernel.access import Actor
from baqylau.reports.models import Keyholder, Part, RecoveryKey, Report, Wrap
from baqylau.reports.parts import part_id
from baqylau.reports.queries.contents import open_wrap
from baqylau.reports.queries.readers import require_living
from baqylau.reports.queries.standing import standing
from baqylau.reports.services.once import Opened
from baqylau.seal import keys, wraps
from baqylau.seal.keys import SecretKey, Use
from baqylau.seal.wraps import Binding, Role


def desk_part(*, actor: Actor, own: SecretKey, report: Report) -> Opened:
    """The desk part of a report, made now if it has none.

    Raises: SealError for who holds no key to it.
    """
    if not report.desk_public:
        _make(actor, report)
        report.refresh_from_db(fields=["desk_public"])
    key = open_wrap(report, Part.DESK, Role.OFFICER, own, actor.key)
    return Opened(report, Part.DESK, key)


def _make(actor: Actor, report: Report) -> None:
    """Wrap a fresh key to all officers who hold R, and to recovery; nothing if somebody was first.

    The report's row is held, so that nobody joins or leaves meanwhile.
    """
    key = keys.generate(Use.REPORT)
    with transaction.atomic(using="sealed"):
        row = Report.objects.select_for_update().get(pk=report.pk)
        if row.desk_public:
            return
        row.desk_public = key.public
        row.save(update_fields=["desk_public"])
        readers = _readers(row)
        Wrap.objects.bulk_create(
            [
                Wrap(
                    report=row,
                    part=Part.DESK,
                    role=role,
                    holder=holder,
                    wrapped=wraps.wrap(key, Binding(part_id(row.pk, Part.DESK), role, holder), to),
                )
                for role, holder, to in readers
            ]
        )
        append(action="reports.desk_made", actor=actor, subject=f"report:{row.pk}", using="sealed")
        recovery = "".join(to for role, _holder, to in readers if role is Role.RECOVERY)
        require_living([to for role, _holder, to in readers if role is Role.OFFICER], recovery)


def _readers(report: Report) -> list[tuple[Role, str, str]]:
    """Role, opaque key, public key of everybody who gets D."""
    living = Keyholder.objects.filter(
        until_on=None, trusted_on__isnull=False, holder__in=report.holders
    )
    there = list(living.order_by("holder"))
    gone = standing.gone(there)
    found = [(Role.OFFICER, row.holder, row.public) for row in there if row.holder not in gone]
    recovery = RecoveryKey.objects.filter(is_living=True).first()
    return found + ([(Role.RECOVERY, "", recovery.public)] if recovery else [])

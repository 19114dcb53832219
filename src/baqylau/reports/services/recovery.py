"""The recovery key: kept after its ceremony, agreed to by a second person, tried, replaced.

Its secret is never here: the ceremony passes it on in shares (`services.ceremony`), and a drill
rebuilds it for the length of one call.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.reports.models import NextKey, NextWrap, RecoveryKey, Wrap, new_id
from baqylau.reports.queries.contents import open_wrap
from baqylau.reports.queries.holders import own_key
from baqylau.reports.queries.readers import HELD
from baqylau.reports.queries.recovery import coming_recovery, known_publics, living_recovery
from baqylau.reports.rules.contents import Kind
from baqylau.reports.services.batches import SECONDS, Done
from baqylau.reports.services.staging import stage, take_over, waiting
from baqylau.seal import items, keys, shares, wraps
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey, Use
from baqylau.seal.wraps import Binding, Role

SUBJECT = "recovery"


def propose_recovery(*, actor: Actor, public: str) -> None:
    """Keep the public half of a key whose three holders have shown that they hold their shares.

    It is used when an officer who did not lead the ceremony has agreed. Raises: ConflictError when
    another one is being brought into use.
    """
    keys.recipient(public)
    with transaction.atomic(using="sealed"):
        coming = coming_recovery()
        if coming is not None and coming.agreed_by:
            raise ConflictError(_("Another recovery key is being brought into use just now."))
        NextKey.objects.filter(pk="").delete()
        NextKey.objects.create(holder="", public=public, made_by=actor.key, begun_on=clock.today())
        tell("reports.recovery_made", actor, public)


def agree_recovery(*, actor: Actor, public: str) -> bool:
    """A second person has compared the printed sheets; returns whether the key is in use now.

    The first recovery key is in use at once. A later one takes over when every report is wrapped
    to it (`rewrap_recovery`). Raises: DomainError.
    """
    own = own_key(actor.key)
    if own is None or own.office not in HELD:
        raise DomainError(_("Only somebody who holds a key of their own can agree."))
    with transaction.atomic(using="sealed"):
        coming = NextKey.objects.select_for_update().filter(pk="", public=public).first()
        if coming is None:
            raise ConflictError(_("This recovery key is not waiting any more."))
        if coming.made_by == actor.key:
            raise DomainError(_("Somebody else than who led the ceremony has to agree."))
        coming.agreed_by = actor.key
        coming.save(update_fields=["agreed_by"])
        is_first = living_recovery() is None
        if is_first:
            _take_over(coming)
        tell("reports.recovery_agreed", actor, public)
    return is_first


def refuse_recovery(*, actor: Actor) -> None:
    """Drop a recovery key that is not in use yet: the living one stays. Safe to repeat."""
    with transaction.atomic(using="sealed"):
        coming = coming_recovery()
        if coming is not None:
            coming.delete()
            tell("reports.recovery_dropped", actor, coming.public)


def unwrapped(coming: NextKey) -> int:
    """How many wraps wait to be made anew for the coming recovery key."""
    return waiting(Wrap.objects.filter(role=Role.RECOVERY), coming).count()


def rewrap_recovery(*, actor: Actor, own: SecretKey, seconds: float = SECONDS) -> Done:
    """Wrap to the coming recovery key what this officer can open; the last one lets it take over.

    Goes on where it was; several officers may do it, each for the reports that they can read.
    `left` counts what is still to be done by anybody. Raises: DomainError when none is coming.
    """
    coming = coming_recovery()
    if coming is None or not coming.agreed_by:
        raise DomainError(_("No new recovery key is being brought into use."))

    def opened(row: Wrap) -> SecretKey:
        return open_wrap(row.report, row.part, Role.OFFICER, own, actor.key)

    all_rows = waiting(Wrap.objects.filter(role=Role.RECOVERY), coming)
    held = frozenset(
        Wrap.objects.filter(holder=actor.key, role=Role.OFFICER).values_list("report", "part")
    )
    rows = [row for row in all_rows if (row.report_id, row.part) in held]
    done = stage(rows, coming, opened, seconds, is_own=False)
    left = unwrapped(coming)
    if left or not _switch(actor, coming):
        return Done(done.done, done.kept_back, done.damaged, max(1, left))
    return done


class _MoreError(Exception):
    """A report was filed meanwhile, for the key that was to end."""


def _switch(actor: Actor, coming: NextKey) -> bool:
    try:
        with transaction.atomic(using="sealed"):
            ready = frozenset(NextWrap.objects.filter(key=coming).values_list("wrap", flat=True))
            _take_over(coming)
            tell("reports.recovery_replaced", actor, coming.public)
            _require_all(ready)
    except _MoreError:
        return False
    return True


def _require_all(ready: frozenset[int]) -> None:
    """Asked under the journal's lock: what is filed after it sees the new key."""
    if not ready.issuperset(Wrap.objects.filter(role=Role.RECOVERY).values_list("pk", flat=True)):
        raise _MoreError


def _take_over(coming: NextKey) -> None:
    today = clock.today()
    RecoveryKey.objects.filter(is_living=True).update(is_living=False, until_on=today)
    take_over(coming)
    RecoveryKey.objects.create(public=coming.public, since_on=today)


def rebuilt(typed: Sequence[str]) -> SecretKey:
    """The recovery key of this site from two or three typed shares; it is kept nowhere.

    Raises: SealError: a word, a share, two of one holder, of other sets, or of another site.
    """
    held = [shares.read(each) for each in typed if each.strip()]
    publics = known_publics()
    if not publics:
        raise DomainError(_("There is no recovery key here yet."))
    for public in publics[:-1]:
        try:
            return shares.rebuild(held, public=public)
        except SealError as error:
            if error.code != "shares_apart":
                raise
    return shares.rebuild(held, public=publics[-1])


def prove_recovery(*, actor: Actor, typed: Sequence[str]) -> None:
    """A drill: two shares open a report that was made for it and is stored nowhere.

    Raises: SealError; DomainError when the shares are not of the living key.
    """
    living = living_recovery()
    if living is None:
        raise DomainError(_("There is no recovery key here yet."))
    key = rebuilt(typed)
    if key.public != living.public:
        raise SealError("shares_apart")
    _open_dummy(key, living.public)
    with transaction.atomic(using="sealed"):
        RecoveryKey.objects.filter(pk=living.pk).update(proven_on=clock.today())
        tell("reports.recovery_proven", actor, living.public)


def _open_dummy(key: SecretKey, public: str) -> None:
    """Seal a report as a real one is sealed, and open it with the rebuilt key.

    Raises: SealError.
    """
    report, content = new_id(), b'{"story": "drill"}'
    secret = keys.generate(Use.REPORT)
    sealed, about = items.seal(secret, items.following(report, Kind.REPORT, []), content)
    binding = Binding(report, Role.RECOVERY)
    wrapped = wraps.wrap(secret, binding, public)
    opened = wraps.unwrap(key, binding, wrapped, public=secret.public)
    if items.open_item(opened, report, [about.entry], 1, sealed).content != content:
        raise SealError("item_changed", number=1)


def tell(action: str, actor: Actor, public: str, subject: str = SUBJECT) -> None:
    """Tell the sealed journal what a recovery key was used for."""
    with transaction.atomic(using="sealed"):
        append(
            action=action,
            actor=actor,
            subject=subject,
            payload={"public": public},
            using="sealed",
        )

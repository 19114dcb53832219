"""Keyholders and reports for tests, with locks that are quick to open and real all the same."""

from dataclasses import dataclass, field

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.roles import Role
from baqylau.reports.models import Keyholder, RecoveryKey, Report, new_id
from baqylau.reports.queries.holders import forget
from baqylau.reports.queries.standing import ROLES
from baqylau.reports.rules.contents import dumped
from baqylau.reports.services.filing import Filed, Sent, file_report
from baqylau.seal import derive, keys, people, receipts, shares
from baqylau.seal.keys import SecretKey, Use
from baqylau.staff.models import User
from baqylau.staff.services import grant_role

PASSPHRASE = "жусан иісі далада тұр"
"""The sealing passphrase of everybody in these tests."""

STORY = "Дәрігер 20 000 теңге сұрады, айтпаса операция жасамаймын деді."


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody with a key: the actor, the secret key, the printed code."""

    actor: Actor
    key: SecretKey
    code: str


@dataclass(slots=True)
class House:
    """The people who hold keys, and the recovery key with its shares."""

    officers: list[Held] = field(default_factory=list)
    custodians: list[Held] = field(default_factory=list)
    recovery: SecretKey | None = None
    shares: tuple[str, ...] = ()


def make_account(actor: Actor, office: str) -> None:
    """Give the actor an account with the role of their office, if they have none."""
    if User.objects.filter(key=actor.key).exists():
        return
    user = User.objects.create_user(f"{actor.key}@keys.test", key=actor.key, name=actor.key[:8])
    grant_role(user=user, role=ROLES[Keyholder.Office(office)], actor=Actor("system"))


def make_holder(actor: Actor, office: str) -> Held:
    """Give the actor a key whose locks cost as little as is allowed, and that is trusted."""
    make_account(actor, office)
    key, code = keys.generate(Use.PERSON), people.draw_code()
    today = clock.today()
    Keyholder.objects.create(
        holder=actor.key,
        office=office,
        public=key.public,
        by_passphrase=people.protect(key, actor.key, PASSPHRASE, cost=derive.LIGHTEST),
        by_code=people.protect_with_code(key, actor.key, code, cost=derive.LIGHTEST),
        since_on=today,
        seen_on=today,
        trusted_on=today,
    )
    forget()
    return Held(actor, key, code)


def make_recovery() -> tuple[SecretKey, tuple[str, ...]]:
    """A recovery key, and its three shares."""
    key = keys.generate(Use.RECOVERY)
    RecoveryKey.objects.create(public=key.public, since_on=clock.today())
    forget()
    return key, shares.split(key).shares


def make_house(*officers: Actor, custodians: tuple[Actor, ...] = ()) -> House:
    """Two officers, a custodian and a recovery key; other actors in their place if given."""
    chosen = officers or tuple(
        Actor(f"officer-{number}", frozenset({Role.INTAKE_OFFICER})) for number in (1, 2)
    )
    keepers = custodians or (Actor("custodian-1", frozenset({Role.CUSTODIAN})),)
    recovery, made = make_recovery()
    return House(
        [make_holder(actor, Keyholder.Office.OFFICER) for actor in chosen],
        [make_holder(actor, Keyholder.Office.CUSTODIAN) for actor in keepers],
        recovery,
        made,
    )


def sent(**changes: object) -> Sent:
    """What a review page sends."""
    answers = dumped({"conduct": "bribe_asked", "story": STORY, "language": "kk"})
    values: dict[str, object] = {
        "id": new_id(),
        "secret": receipts.draw_secret(),
        "answers": answers,
        **changes,
    }
    return Sent(**values)  # type: ignore[arg-type]  # mypy does not follow names into a call


def file(**changes: object) -> tuple[Filed, Report]:
    """File a report; returns what the reporter got, and the row."""
    page = sent(**changes)
    filed = file_report(sent=page)
    return filed, Report.objects.get(pk=page.id)

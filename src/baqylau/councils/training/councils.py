"""Two public councils with their members: one beside a city's akimat, one beside its schools."""

import csv
import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from importlib.resources import files
from typing import Final

from baqylau.councils.models import Category, Council, CouncilKind, Member
from baqylau.councils.rules.terms import sits
from baqylau.councils.services.councils import save_council
from baqylau.councils.services.members import declare_interest, save_member
from baqylau.councils.training.people import morning_of, somebody
from baqylau.institutions.models import Institution, Tie
from baqylau.kernel.access import Actor
from baqylau.kernel.roles import Role
from baqylau.staff.models import User

SINCE: Final = timedelta(days=780)
"""For how long there have been councils."""
COUNCILS: Final = (
    (
        "akimat",
        "akimat",
        "Тараз қаласының қоғамдық кеңесі (үлгі)",
        "Общественный совет города Тараз (образец)",
        "Public council of the city of Taraz (sample)",
    ),
    (
        "education",
        "state_body",
        "Білім беру мәселелері жөніндегі қоғамдық кеңес (үлгі)",
        "Общественный совет по вопросам образования (образец)",
        "Public council on education (sample)",
    ),
)
TIES: Final = {
    "firm": Tie.OWNS,
    "akimat": Tie.WORKS,
    "quasi_state": Tie.WORKS,
    "school": Tie.WORKS,
    "education": Tie.SUPPLIES,
}


def bring(chance: random.Random, today: date) -> int:
    """Bring the councils, their members and what these declare; returns the members."""
    secretary = somebody(Role.SECRETARY)
    made = {row[0]: _council(chance, secretary, row, today - SINCE) for row in COUNCILS}
    count = 0
    for row in _table():
        member = _member(chance, secretary, made[row["council"]], row, today)
        if member is None:
            continue
        if row["interest"]:
            _declare(secretary, member, row["interest"])
        count += 1
    return count


def _table() -> Iterator[Mapping[str, str]]:
    text = (files("baqylau.councils.training") / "members.tsv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines(), delimiter="\t")


def _body(kind: str) -> Institution:
    """The first body of the kind, in the city where there is one."""
    bodies = Institution.objects.filter(kind=kind).order_by("-district__level", "id")
    return bodies.filter(district__level="city").first() or bodies[0]


def _council(
    chance: random.Random, actor: Actor, row: tuple[str, str, str, str, str], first_on: date
) -> Council:
    _key, kind, *names = row
    body = _body(kind)
    fields = {
        "code": f"{chance.getrandbits(32):08x}",
        "kind": CouncilKind.PUBLIC_COUNCIL,
        "institution": body,
        "district": body.district,
        "first_on": first_on,
        **dict(zip(("name_kk", "name_ru", "name_en"), names, strict=True)),
    }
    with morning_of(first_on):
        return save_council(actor=actor, fields=fields)


def _member(
    chance: random.Random, actor: Actor, council: Council, row: Mapping[str, str], today: date
) -> Member | None:
    """Write the term down on its first day; whoever has an account as a member takes a seat.

    None where the law did not know the category yet, or knew it no more.
    """
    account = _account() if row["name"] == "{member}" else None
    first_on = today - timedelta(days=int(row["from"]))
    category = Category.objects.get(code=row["category"])
    if not sits(category.first_on, category.until_on, first_on):
        return None
    fields = {
        "code": f"{chance.getrandbits(32):08x}",
        "name": row["name"] if row["name"] != "{member}" else _name(account),
        "person": account.key if account else "",
        "category": category,
        "organisation_kk": row["organisation_kk"],
        "organisation_ru": row["organisation_ru"],
        "is_chair": row["chair"] == "1",
        "is_civil_servant": row["servant"] == "1",
        "first_on": first_on,
        "until_on": today - timedelta(days=int(row["until"])) if row["until"] else None,
    }
    with morning_of(first_on):
        return save_member(actor=actor, council=council, fields=fields)


def _account() -> User | None:
    key = somebody(Role.MEMBER).key
    return User.objects.filter(key=key).first()


def _name(account: User | None) -> str:
    return account.name if account else "Роза Үлгібек"


def body_of(kind: str, council: Council) -> Institution:
    """A body of the kind; the council's own where the kind is its name."""
    if kind == "education" and council.institution is not None:
        return council.institution
    return _body(kind)


def _declare(actor: Actor, member: Member, kind: str) -> None:
    with morning_of(member.first_on):
        declare_interest(
            actor=actor,
            member=member,
            institution=body_of(kind, member.council),
            tie=TIES[kind],
            first_on=member.first_on,
        )

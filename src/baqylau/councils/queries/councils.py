"""Councils, who sits in them, what members declared."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from baqylau.councils.models import Category, Council, DeclaredInterest, Member
from baqylau.kernel.errors import DomainError

NEWEST = F("until_on").desc(nulls_first=True)
"""What goes on before what has ended."""


class UnknownError(DomainError):
    """There is no such council, member or meeting."""

    code = "unknown"
    status = 404


def open_on(day: date) -> Q:
    """What lies in a span with a first day on the day."""
    return Q(first_on__lte=day) & (Q(until_on=None) | Q(until_on__gt=day))


def councils() -> QuerySet[Council]:
    """All councils, those that have ended last."""
    rows = Council.objects.select_related("institution", "district")
    return rows.order_by(NEWEST, "name_kk", "pk")


def council(code: str) -> Council:
    """The council with the code. Raises: UnknownError."""
    found = councils().filter(code=code).first()
    if found is None:
        raise UnknownError(_("There is no such council."))
    return found


def members(of: Council) -> QuerySet[Member]:
    """Every term in the council, the chair first, then by name."""
    rows = Member.objects.filter(council=of).select_related("category")
    return rows.order_by("-is_chair", "name", "pk")


def member(code: str) -> Member:
    """The term with the code. Raises: UnknownError."""
    rows = Member.objects.select_related("council", "category", "council__institution")
    found = rows.filter(code=code).first()
    if found is None:
        raise UnknownError(_("There is no such member."))
    return found


def seated(of: Council, day: date) -> QuerySet[Member]:
    """Who sits in the council on the day, the chair first."""
    return members(of).filter(open_on(day))


def terms_of(of: Member) -> QuerySet[Member]:
    """All terms of the same account, or this one alone, the newest first."""
    rows = Member.objects.select_related("council", "category").order_by("-first_on", "pk")
    return rows.filter(person=of.person) if of.person else rows.filter(pk=of.pk)


def interests(of: Iterable[Member]) -> Mapping[int, list[DeclaredInterest]]:
    """What each member declared, the present ones first: one question."""
    rows = DeclaredInterest.objects.filter(member__in=[row.pk for row in of])
    found: dict[int, list[DeclaredInterest]] = {}
    for row in rows.select_related("institution").order_by(NEWEST, "pk"):
        found.setdefault(row.member_id, []).append(row)
    return found


def interest(pk: int) -> DeclaredInterest:
    """A declaration. Raises: UnknownError."""
    rows = DeclaredInterest.objects.select_related("member", "member__council", "institution")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise UnknownError(_("There is no such declaration."))
    return found


def categories() -> QuerySet[Category]:
    """All categories in their order."""
    return Category.objects.order_by("order", "code")


def category(code: str) -> Category:
    """The category with the code. Raises: UnknownError."""
    found = Category.objects.filter(code=code).first()
    if found is None:
        raise UnknownError(_("There is no such category."))
    return found

"""Councils at the desk: the list, composition, terms, declared interests, categories."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.councils import access
from baqylau.councils.forms.councils import CategoryForm, CouncilForm, InterestForm, MemberForm
from baqylau.councils.models import Council, Member
from baqylau.councils.queries import councils as queries
from baqylau.councils.queries.attendance import shares
from baqylau.councils.queries.meetings import coming, of_council
from baqylau.councils.queries.said import said
from baqylau.councils.rules.terms import sits
from baqylau.councils.services import categories as categorising
from baqylau.councils.services import councils as keeping
from baqylau.councils.services import members as seating
from baqylau.kernel import clock
from baqylau.kernel.permissions import may, may_somewhere
from baqylau.kernel.roles import Role
from baqylau.staff.models import RoleGrant
from baqylau.territories.queries import districts
from baqylau.web.asking import Asking, Way, ask
from baqylau.web.desk import DeskRequest, desk


@require_safe
@desk(access.SEE)
def listing(request: DeskRequest) -> HttpResponse:
    """All councils, and what comes next in any of them."""
    context = {
        "councils": list(queries.councils()),
        "coming": list(coming(clock.today())[:12]),
        "today": clock.today(),
        "can_keep": may_somewhere(request.actor, access.KEEP),
        "can_import": may_somewhere(request.actor, access.IMPORT),
    }
    return render(request, "councils/desk_councils.html", context)


@require_safe
@desk(access.SEE)
def council(request: DeskRequest, code: str) -> HttpResponse:
    """A council: who sits in it, its plan."""
    row = queries.council(code)
    members = list(queries.members(row))
    came = shares(members)
    declared = queries.interests(members)
    today = clock.today()
    context = {
        "council": row,
        "rows": [
            {
                "member": member,
                "share": came.get(member.pk),
                "interests": declared.get(member.pk, []),
                "is_over": not sits(member.first_on, member.until_on, today),
            }
            for member in members
        ],
        "meetings": list(of_council(row)[:60]),
        "today": today,
        "can_keep": may(request.actor, access.KEEP, row),
    }
    return render(request, "councils/desk_council.html", context)


def way_to(row: Council | None = None) -> Way:
    """The way to a council's page."""
    start = ((_("Councils"), reverse("councils_desk")),)
    if row is None:
        return start
    return (*start, (said(row, "name").text, reverse("council_desk", args=[row.code])))


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEEP)
def edit(request: DeskRequest, code: str = "") -> HttpResponse:
    """Open a council, or change one."""
    row = queries.council(code) if code else None
    initial = {name: getattr(row, name) for name in CouncilForm.base_fields} if row else {}
    if row:
        initial["district"] = row.district_id
    form = CouncilForm(
        request.POST or None, initial=initial or {"first_on": clock.today()}, districts=districts()
    )
    asking = Asking(
        _("A council"),
        way_to(row),
        lambda: keeping.save_council(
            actor=request.actor,
            fields=form.said(),
            council=row,
            revision=form.cleaned_data["revision"] or 0,
        ),
        _("Saved."),
    )
    return ask(request, form, asking)


def _people() -> list[tuple[str, str]]:
    grants = RoleGrant.objects.filter(role=Role.MEMBER, revoked_at=None, user__is_active=True)
    return list(grants.order_by("user__name").values_list("user__key", "user__name"))


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEEP)
def add_member(request: DeskRequest, code: str) -> HttpResponse:
    """Begin a term."""
    return _member_page(request, queries.council(code))


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEEP)
def edit_member(request: DeskRequest, code: str) -> HttpResponse:
    """Change a term, or end it."""
    row = queries.member(code)
    return _member_page(request, row.council, row)


def _member_page(request: DeskRequest, council: Council, row: Member | None = None) -> HttpResponse:
    initial: dict[str, object] = {"first_on": clock.today()}
    people = _people()
    if row:
        initial = {name: getattr(row, name) for name in MemberForm.base_fields}
        initial["category"] = row.category.code
        if row.person and row.person not in dict(people):
            people.append((row.person, _("an account that is closed")))
    form = MemberForm(
        request.POST or None, initial=initial, categories=queries.categories(), people=people
    )
    asking = Asking(
        _("A member"),
        way_to(council),
        lambda: seating.save_member(
            actor=request.actor,
            council=council,
            fields=form.said(),
            member=row,
            revision=form.cleaned_data["revision"] or 0,
        ),
        _("Saved."),
    )
    return ask(request, form, asking)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEEP)
def declare(request: DeskRequest, code: str) -> HttpResponse:
    """Note what a member declares."""
    row = queries.member(code)
    form = InterestForm(request.POST or None, initial={"first_on": clock.today()})
    asking = Asking(
        _("A declared interest: %(name)s") % {"name": row.name},
        way_to(row.council),
        lambda: seating.declare_interest(actor=request.actor, member=row, **form.cleaned_data),
        _("Declared. The member does not vote on what concerns this institution."),
        lead=_("It is public, with the institution and how the member is tied to it."),
    )
    return ask(request, form, asking)


@require_POST
@desk(access.KEEP)
def end_interest(request: DeskRequest, pk: int) -> HttpResponse:
    """End a declared interest today; it stays on record."""
    row = queries.interest(pk)
    seating.end_interest(actor=request.actor, interest=row, until_on=clock.today())
    messages.success(request, _("It has ended; it stays on record."))
    return redirect("council_desk", row.member.council.code)


@require_safe
@desk(access.KEEP)
def categories(request: DeskRequest) -> HttpResponse:
    """On whose behalf people may sit in councils."""
    context = {"rows": list(queries.categories()), "way": way_to()}
    return render(request, "councils/desk_categories.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEEP)
def category(request: DeskRequest, code: str = "") -> HttpResponse:
    """Add a category, or change one."""
    row = queries.category(code) if code else None
    initial = {name: getattr(row, name) for name in CategoryForm.base_fields} if row else None
    form = CategoryForm(request.POST or None, initial=initial or {"order": 50})
    if row:
        form.fields["code"].disabled = True
    asking = Asking(
        _("A category of members"),
        (*way_to(), (_("Categories"), reverse("council_categories"))),
        lambda: categorising.save_category(
            actor=request.actor, fields=form.cleaned_data, category=row
        ),
        _("Saved."),
    )
    return ask(request, form, asking)

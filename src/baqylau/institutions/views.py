"""Bodies at the desk."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.institutions import access, queries, services
from baqylau.institutions.forms import (
    CloseForm,
    FilterForm,
    InstitutionForm,
    InterestForm,
    PointForm,
)
from baqylau.institutions.models import Institution
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import may, require
from baqylau.staff.models import User
from baqylau.territories import queries as territories
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal

PAGE = 50
FIELDS = tuple(name for name in InstitutionForm.base_fields if name != "revision")


@require_safe
@desk(access.SEE)
def institutions(request: DeskRequest) -> HttpResponse:
    """The register, filtered and searched."""
    form = FilterForm({"state": "open", **request.GET.dict()}, districts=territories.districts())
    found = queries.listing(form.wanted(), clock.today())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "can_edit": may(request.actor, access.EDIT)}
    return render(request, "institutions/list.html", context)


@require_safe
@desk(access.SEE)
def institution(request: DeskRequest, code: str) -> HttpResponse:
    """A body with everything about it."""
    body = queries.institution(code)
    require(request.actor, access.SEE, body)
    sees_ties = may(request.actor, access.TIES, body)
    context = {
        "body": body,
        "points": queries.points_of(body),
        "predecessors": queries.predecessors(body),
        "ties": _ties(body) if sees_ties else [],
        "sees_ties": sees_ties,
        "can_edit": may(request.actor, access.EDIT, body),
        "today": clock.today(),
    }
    return render(request, "institutions/page.html", context)


def _ties(body: Institution) -> list[dict[str, Any]]:
    ties = queries.interests_of(body)
    names = dict(
        User.objects.filter(key__in=[tie.person for tie in ties if tie.person]).values_list(
            "key", "name"
        )
    )
    return [{"tie": tie, "person": names.get(tie.person, tie.person)} for tie in ties]


def _form_page(
    request: DeskRequest, title: str, form: Form, back: Institution | None = None
) -> HttpResponse:
    context = {"title": title, "form": form, "body": back}
    return render(request, "institutions/form.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.EDIT)
def create(request: DeskRequest) -> HttpResponse:
    """Add a body."""
    districts = territories.districts()
    form = InstitutionForm(request.POST or None, districts=districts)
    if form.is_valid():
        fields = {name: form.cleaned_data[name] for name in FIELDS}
        try:
            body = services.create(actor=request.actor, fields=fields)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The institution is in the register."))
            return redirect("institution_desk", body.code)
    return _form_page(request, _("A new institution"), form)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.EDIT)
def edit(request: DeskRequest, code: str) -> HttpResponse:
    """Change a body."""
    body = queries.institution(code)
    require(request.actor, access.EDIT, body)
    initial = {name: getattr(body, name) for name in (*FIELDS, "revision")}
    form = InstitutionForm(request.POST or None, initial=initial, districts=territories.districts())
    if form.is_valid():
        fields = {name: form.cleaned_data[name] for name in FIELDS}
        revision = form.cleaned_data["revision"] or 0
        try:
            services.edit(actor=request.actor, code=code, revision=revision, fields=fields)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("institution_desk", code)
    return _form_page(request, _("Change the institution"), form, body)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.EDIT)
def close(request: DeskRequest, code: str) -> HttpResponse:
    """End a body, with or without a successor."""
    body = queries.institution(code)
    require(request.actor, access.EDIT, body)
    form = CloseForm(request.POST or None, initial={"until_on": clock.today()})
    if form.is_valid():
        try:
            services.close(
                actor=request.actor,
                code=code,
                until_on=form.cleaned_data["until_on"],
                successor=form.cleaned_data["successor"],
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The institution is closed."))
            return redirect("institution_desk", code)
    return _form_page(request, _("Close the institution"), form, body)


@require_POST
@desk(access.EDIT)
def reopen(request: DeskRequest, code: str) -> HttpResponse:
    """Take back a closing."""
    require(request.actor, access.EDIT, queries.institution(code))
    services.reopen(actor=request.actor, code=code)
    messages.success(request, _("The institution is open again."))
    return redirect("institution_desk", code)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.EDIT)
def add_point(request: DeskRequest, code: str) -> HttpResponse:
    """Add a branch or a reception room."""
    body = queries.institution(code)
    require(request.actor, access.EDIT, body)
    initial = {
        name: getattr(body, name) for name in ("district_id", "address_kk", "address_ru", "phone")
    }
    form = PointForm(request.POST or None, initial=initial, districts=territories.districts())
    if form.is_valid():
        try:
            services.save_point(actor=request.actor, institution=body, fields=form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The service point is in the register."))
            return redirect("institution_desk", code)
    return _form_page(request, _("A new service point"), form, body)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.EDIT)
def edit_point(request: DeskRequest, code: str) -> HttpResponse:
    """Change a branch or a reception room, or end it."""
    point = queries.point(code)
    body = point.institution
    require(request.actor, access.EDIT, body)
    initial = {name: getattr(point, name) for name in PointForm.base_fields}
    form = PointForm(request.POST or None, initial=initial, districts=territories.districts())
    if form.is_valid():
        try:
            services.save_point(
                actor=request.actor, institution=body, fields=form.cleaned_data, point=point
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("institution_desk", body.code)
    return _form_page(request, _("Change the service point"), form, body)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.TIES)
def ties(request: DeskRequest, code: str) -> HttpResponse:
    """Note a tie of a colleague or of another body."""
    body = queries.institution(code)
    require(request.actor, access.TIES, body)
    people = User.objects.filter(is_active=True).order_by("name").values_list("key", "name")
    form = InterestForm(request.POST or None, people=people)
    if form.is_valid():
        try:
            services.add_interest(actor=request.actor, institution=body, **form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The tie is noted."))
            return redirect("institution_desk", code)
    return _form_page(request, _("Note a conflict of interest"), form, body)


@require_POST
@desk(access.TIES)
def end_tie(request: DeskRequest, pk: int) -> HttpResponse:
    """End a tie today; it stays on record."""
    tie = queries.interest(pk)
    require(request.actor, access.TIES, tie.institution)
    services.end_interest(actor=request.actor, interest=tie, until_on=clock.today())
    messages.success(request, _("The tie has ended; it stays on record."))
    return redirect("institution_desk", tie.institution.code)

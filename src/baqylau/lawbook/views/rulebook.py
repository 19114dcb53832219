"""Rules at the desk: the list, a rule with its versions, a new version, the check by a lawyer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import may
from baqylau.lawbook.forms import RuleForm, VerifyForm
from baqylau.lawbook.labels import COLUMNS
from baqylau.lawbook.queries.people import names
from baqylau.lawbook.queries.versions import State, rule_lines, state_on, version_pages, versions_of
from baqylau.lawbook.rights import EDIT, SEE
from baqylau.lawbook.services import rulebook
from baqylau.lawbook.views.proposal import Proposal, propose
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal


@require_safe
@desk(SEE)
def rules(request: DeskRequest) -> HttpResponse:
    """Every rule with the version in force, and whether a lawyer has checked it."""
    lines = rule_lines(clock.today())
    unchecked = sum(not line.rule.is_verified for line in lines)
    context = {"lines": lines, "unchecked": unchecked, "may_edit": may(request.actor, EDIT)}
    return render(request, "lawbook/rules.html", context)


@require_safe
@desk(SEE)
def rule(request: DeskRequest, rule_id: str) -> HttpResponse:
    """A rule with all its versions and what each changed."""
    pages = version_pages(rule_id, clock.today())
    main = next((page for page in pages if page.state is State.IN_FORCE), pages[0])
    context = {
        "main": main,
        "columns": [(label, name, getattr(main.row, name)) for name, label in COLUMNS.items()],
        "pages": pages,
        "names": names(page.row.created_by for page in pages),
        "may_edit": may(request.actor, EDIT),
    }
    return render(request, "lawbook/rule.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(EDIT)
def enter(request: DeskRequest, rule_id: str = "") -> HttpResponse:
    """Enter a version of a rule, or a new rule."""
    today = clock.today()
    rows = versions_of(rule_id) if rule_id else []
    start = next((row for row in rows if state_on(row, today) is State.IN_FORCE), None)
    start = start or (rows[0] if rows else None)
    initial = {name: getattr(start, name) for name in COLUMNS} if start else {}
    known = sorted(line.rule.rule_id for line in rule_lines(today))
    form = RuleForm(
        request.POST if request.method == "POST" else None,
        rule_id=rule_id,
        known_rules=known,
        initial={**initial, "valid_until": None, "base": rows[0].number if rows else 0},
    )
    proposal = Proposal(
        title=_("New version: %(rule)s") % {"rule": rule_id} if rule_id else _("New rule"),
        back=reverse("lawbook_rule", args=[rule_id]) if rule_id else reverse("lawbook"),
        back_label=rule_id or _("Rules"),
        work=lambda seen: rulebook.enter_version(
            rule=form.rule(), base=form.cleaned_data["base"], actor=request.actor, seen=seen
        ),
        look=lambda: version_pages(form.rule().rule_id, today),
        part="lawbook/versions.html",
        intro=_("The version begins unchecked: mark it when a lawyer has checked it."),
    )
    return propose(request, form, proposal)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(EDIT)
def verify(request: DeskRequest, rule_id: str, number: int) -> HttpResponse:
    """Mark a version as checked."""
    pages = version_pages(rule_id, clock.today())
    page = next((page for page in pages if page.row.number == number), pages[0])
    name = names([request.actor.key]).get(request.actor.key, "")
    data = request.POST if request.method == "POST" else None
    form = VerifyForm(data, initial={"verified_by": name, "verified_on": clock.today()})
    status = 200
    if form.is_valid():
        try:
            rulebook.verify(
                rule_id=rule_id, number=number, actor=request.actor, **form.cleaned_data
            )
        except DomainError as error:
            add_refusal(form, error)
            status = error.status
        else:
            messages.success(request, _("Marked as checked."))
            return redirect("lawbook_rule", rule_id)
    context = {
        "form": form,
        "page": page,
        "columns": [(label, name, getattr(page.row, name)) for name, label in COLUMNS.items()],
    }
    return render(request, "lawbook/verify.html", context, status=status)

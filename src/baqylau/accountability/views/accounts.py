"""Accounts at the desk: the list, one account, its texts, its way to the commissioner."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.accountability import access
from baqylau.accountability.forms.accounts import NarrativeForm, PeriodForm
from baqylau.accountability.models import Account, State
from baqylau.accountability.models.accounts import OPEN_STATES
from baqylau.accountability.queries import accounts as queries
from baqylau.accountability.queries import papers
from baqylau.accountability.queries.content import content_of
from baqylau.accountability.rules.sealing import digest
from baqylau.accountability.services import sealing, writing
from baqylau.accountability.showing import account_title
from baqylau.accountability.views.contracts import way as way_to
from baqylau.documents.accounts.texts import Tree, tree
from baqylau.figures.queries.closing import closing_of
from baqylau.figures.queries.contracts import contract as find
from baqylau.figures.queries.contracts import periods_of
from baqylau.figures.services import catch_up
from baqylau.figures.showing import name_of
from baqylau.kernel import clock
from baqylau.kernel.permissions import may
from baqylau.web.asking import Asking, ask
from baqylau.web.desk import DeskRequest, desk


def way(account: Account | None = None) -> tuple[tuple[str, str], ...]:
    """The way to the list, or to an account."""
    listed = (_("Accounts to the commissioner"), reverse("accounts"))
    if account is None:
        return (listed,)
    return listed, (account_title(account), reverse("account", args=[account.pk]))


@require_safe
@desk(access.APPROVE)
def listing(request: DeskRequest) -> HttpResponse:
    """Every account."""
    rows = [{"row": row, "title": account_title(row)} for row in queries.accounts()[:200]]
    context = {"rows": rows, "can_write": may(request.actor, access.DRAFT)}
    return render(request, "accountability/accounts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.DRAFT)
def begin(request: DeskRequest, pk: int) -> HttpResponse:
    """Begin the account of a period of a contract."""
    row = find(pk)
    form = PeriodForm(request.POST or None, periods=periods_of(row))
    asking = Asking(
        _("A new account to the commissioner"),
        way_to(row),
        lambda: writing.open_account(
            actor=request.actor, contract=row, code=form.cleaned_data["period"]
        ),
        _("The account is begun: write its texts now."),
        _("An account is given of a planned period. It is sealed once the period is closed."),
        press=_("Begin the account"),
        onward=lambda made: reverse("account", args=[made.pk]),
    )
    return ask(request, form, asking)


@require_safe
@desk(access.APPROVE)
def account(request: DeskRequest, pk: int) -> HttpResponse:
    """One account: how far it is, what is to be done, what it says."""
    row = queries.account(pk)
    catch_up()
    content = content_of(row, request.actor, clock.today())
    chosen = queries.chosen_of(row)
    is_open = row.state in OPEN_STATES
    approvals = queries.approvals_of(row)
    context = {
        "row": row,
        "title": account_title(row),
        "is_open": is_open,
        "is_closed": closing_of(chosen) is not None,
        "when": name_of(chosen),
        "earlier": queries.version_before(row) if is_open else None,
        "lacking": sealing.lacking(row) if is_open else [],
        "approvals": approvals,
        "has_approved": any(each.person == request.actor.key for each in approvals),
        "is_stale": is_open and any(each.digest != digest(content) for each in approvals),
        "digest": digest(content),
        "documents": papers.current_documents(row, content),
        "missing": len(papers.missing(row, content)),
        "pictures": queries.pictures_of(row),
        "can_write": may(request.actor, access.DRAFT),
        "is_intact": is_open or papers.is_intact(row),
        "is_continued": row.state == State.RETURNED and not queries.newest_version(row),
        "State": State,
        **preview(row, content),
    }
    return render(request, "accountability/account.html", context)


def preview(row: Account, content: dict[str, object]) -> dict[str, object]:
    """The account as a page, of the very texts that its documents have."""
    code = "ru" if translation.get_language() == "ru" else "kk"
    told = tree(papers.account_of(row, content, code, clock.today()))
    return {"told": told, "told_in": code, "annexes": _annexes(told)}


def _annexes(told: Tree) -> list[dict[str, object]]:
    """Its annexes, each cell with the name of its column."""
    found = []
    for annex in told["annexes"]:
        columns = annex["columns"]
        rows = [list(zip(columns, row["cells"], strict=True)) for row in annex["rows"]]
        found.append({**annex, "rows": rows})
    return found


@require_safe
@desk(access.APPROVE)
def frozen(_request: DeskRequest, pk: int) -> HttpResponse:
    """The frozen content with its digest and signature, as JSON."""
    return as_json(queries.account(pk))


def as_json(row: Account) -> HttpResponse:
    """What somebody needs to check a sealed account. Raises: UnknownAccountError for a draft."""
    if not row.content:
        raise queries.UnknownAccountError(_("This account is not sealed yet."))
    names = ("digest", "number", "head", "key", "signature")
    found = {
        "account": papers.name_of_version(row),
        **{name: getattr(row, name) for name in names},
        "content": row.content,
    }
    parameters = {"ensure_ascii": False, "sort_keys": True}
    headers = {"Content-Disposition": f'attachment; filename="account-{row.pk}.json"'}
    return JsonResponse(found, json_dumps_params=parameters, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.DRAFT)
def write(request: DeskRequest, pk: int) -> HttpResponse:
    """Write the texts of an account."""
    row = queries.account(pk)
    texts = queries.narratives_of(row)
    initial = {f"{section}_{code}": text for (section, code), text in texts.items()}
    form = NarrativeForm(
        request.POST or None,
        initial={**initial, "seen": row.edition},
        language=translation.get_language() or "kk",
    )
    asking = Asking(
        _("Texts of the account"),
        way(row),
        lambda: writing.write(
            actor=request.actor,
            account=row,
            texts=form.texts(),
            seen=form.cleaned_data["seen"],
        ),
        _("The texts are saved."),
        _(
            "What you write is shown as you write it: signs of markup stay signs. Name no person. "
            "A section that has a text in one language needs it in the other, too."
        ),
    )
    return ask(request, form, asking)


@require_POST
@desk(access.APPROVE)
def approve(request: DeskRequest, pk: int) -> HttpResponse:
    """Approve what was seen."""
    seen = request.POST.get("digest", "")[:64]
    row = sealing.approve(actor=request.actor, account=queries.account(pk), seen=seen)
    both = row.state == State.APPROVED
    messages.success(
        request, _("Two have approved it.") if both else _("Approved. Somebody else must, too.")
    )
    return redirect("account", pk)


@require_POST
@desk(access.DRAFT)
def reopen(request: DeskRequest, pk: int) -> HttpResponse:
    """Take the approvals back."""
    sealing.reopen(actor=request.actor, account=queries.account(pk))
    messages.success(request, _("It is a draft again."))
    return redirect("account", pk)


@require_POST
@desk(access.DRAFT)
def seal(request: DeskRequest, pk: int) -> HttpResponse:
    """Freeze and sign it."""
    sealing.seal(actor=request.actor, account=queries.account(pk))
    messages.success(request, _("Sealed. Make its documents, then send it."))
    return redirect("account", pk)


@require_POST
@desk(access.DRAFT)
def send(request: DeskRequest, pk: int) -> HttpResponse:
    """Let the commissioner see it."""
    sealing.send(actor=request.actor, account=queries.account(pk))
    messages.success(request, _("Sent: the commissioner's official sees it now."))
    return redirect("account", pk)


@require_POST
@desk(access.DRAFT)
def again(request: DeskRequest, pk: int) -> HttpResponse:
    """Begin a new version of an account that came back."""
    made = writing.continue_account(actor=request.actor, account=queries.account(pk))
    messages.success(request, _("The new version is a draft: mend what the remarks say."))
    return redirect("account", made.pk)

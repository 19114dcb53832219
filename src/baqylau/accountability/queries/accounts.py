"""Accounts to the commissioner, and what belongs to each."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from baqylau.accountability.models import (
    Account,
    AccountDocument,
    AccountPicture,
    Approval,
    DocxTemplate,
    Narrative,
    State,
)
from baqylau.figures.models import Contract
from baqylau.figures.rules.spans import Chosen, choose
from baqylau.kernel.errors import DomainError

LANGUAGES = ("kk", "ru")
FORMS = ("pdf", "docx", "xlsx")
SENT = (State.SENT, State.ACCEPTED, State.RETURNED)


class UnknownAccountError(DomainError):
    """There is no such account for whoever asks."""

    code = "unknown"
    status = 404


def accounts(of: Contract | None = None) -> QuerySet[Account]:
    """Accounts, the newest first; of one contract where it is named."""
    rows = Account.objects.select_related("contract").order_by("-made_at", "-pk")
    return rows.filter(contract=of) if of else rows


def account(pk: int) -> Account:
    """The account. Raises: UnknownAccountError."""
    return _one(accounts().filter(pk=pk))


def sent() -> QuerySet[Account]:
    """What the commissioner has received, the newest first."""
    rows = Account.objects.filter(state__in=SENT).select_related("contract")
    return rows.order_by("-sent_at", "-pk")


def received(pk: int) -> Account:
    """One of them. Raises: UnknownAccountError, for one that is not sent as well."""
    return _one(sent().filter(pk=pk))


def _one(rows: QuerySet[Account]) -> Account:
    found = rows.first()
    if found is None:
        raise UnknownAccountError(_("There is no such account."))
    return found


def chosen_of(of: Account) -> Chosen:
    """The period of an account. Raises: UnknownAccountError for a code that names none."""
    found = choose(of.period)
    if found is None or found.period is None:
        raise UnknownAccountError(_("There is no such account."))
    return found


def narratives_of(of: Account) -> Mapping[tuple[str, str], str]:
    """Texts by section and language."""
    rows = Narrative.objects.filter(account=of)
    return {(row.section, row.language): row.text for row in rows}


def pictures_of(of: Account) -> list[AccountPicture]:
    """The pictures in the order in which they came."""
    return list(AccountPicture.objects.filter(account=of).select_related("file").order_by("pk"))


def picture(of: Account, pk: int) -> AccountPicture:
    """One of them. Raises: UnknownAccountError."""
    for each in pictures_of(of):
        if each.pk == pk:
            return each
    raise UnknownAccountError(_("There is no such picture in this account."))


def approvals_of(of: Account) -> list[Approval]:
    """Who approved, in their order."""
    return list(Approval.objects.filter(account=of).order_by("made_at", "pk"))


def documents_of(of: Account) -> list[AccountDocument]:
    """The documents that were made, kk first."""
    rows = AccountDocument.objects.filter(account=of).select_related("file")
    return sorted(rows, key=lambda row: (LANGUAGES.index(row.language), FORMS.index(row.form)))


def document(of: Account, language: str, form: str) -> AccountDocument:
    """One of them. Raises: UnknownAccountError."""
    for each in documents_of(of):
        if (each.language, each.form) == (language, form):
            return each
    raise UnknownAccountError(_("This document has not been made yet."))


def template(language: str) -> DocxTemplate | None:
    """The organisation's own template; None while the program's own holds."""
    rows = DocxTemplate.objects.filter(language=language).select_related("file")
    newest = rows.order_by("-made_at", "-pk").first()
    return newest if newest and newest.file_id else None


def version_before(of: Account) -> Account | None:
    """The version that came back and that this one goes on from."""
    rows = Account.objects.filter(contract=of.contract_id, period=of.period)
    return rows.filter(version=of.version - 1).first()


def newest_version(of: Account) -> bool:
    """Whether no later version follows it."""
    later = Account.objects.filter(contract=of.contract_id, period=of.period)
    return not later.filter(version__gt=of.version).exists()

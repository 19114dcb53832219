"""From the content of an account to what its documents show, and which documents are there."""

import hashlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from baqylau.accountability.models import Account, AccountDocument
from baqylau.accountability.queries import accounts as queries
from baqylau.accountability.queries.content import Plain
from baqylau.accountability.queries.facts import Told, told
from baqylau.accountability.queries.words import steps, words
from baqylau.accountability.rules.sealing import digest, message
from baqylau.documents.accounts import shapes
from baqylau.documents.accounts.spelling import spelled
from baqylau.files import store
from baqylau.kernel.period import Period

LAYOUT = 2
"""Goes up when the same content is set out in another way, so that drafts are made anew."""


def account_of(account: Account, content: Plain, language: str, day: date) -> shapes.Account:
    """The account as its writers take it, in one language; `day` is that of a draft."""
    with translation.override(language):
        return _account(account, content, language, day)


def _account(account: Account, content: Plain, code: str, day: date) -> shapes.Account:
    contract = content["contract"]
    sealed = account.sealed_at
    subject = shapes.Section(_("Subject of the contract"), contract["subject"][code])
    sections = [
        shapes.Section(each["heading"][code], each["text"][code]) for each in content["sections"]
    ]
    return shapes.Account(
        language=code,
        title=content["title"][code],
        organisation=content["contract"]["contractor"][code] or content["organisation"][code],
        commissioner=contract["customer"][code],
        contract=contract["number"],
        contract_day=date.fromisoformat(contract["signed_on"]),
        period=Period(
            date.fromisoformat(content["first_on"]), date.fromisoformat(content["until_on"])
        ),
        period_label=content["period_label"][code],
        day=sealed.date() if sealed else day,
        words=words(),
        headlines=tuple(_headlines(content, code)),
        indicators=tuple(_indicator(each, code) for each in content["indicators"]),
        lines=tuple(_line(each, code) for each in content["lines"]),
        sections=(subject, *sections),
        annexes=tuple(_annex(each, code) for each in content["annexes"]),
        pictures=tuple(_picture(each, code) for each in content["pictures"]),
        corrections=tuple(_correction(each, code) for each in content["corrections"]),
        verified=_verified(content["verified"], code),
        notes=tuple(
            shapes.Section(each["heading"][code], each["text"][code]) for each in content["notes"]
        ),
        approvals=tuple(_approvals(account)),
        seal=_seal(account),
        mark=_("Training record: everything in it is invented") if settings.IS_TRAINING else "",
    )


def _headlines(content: Plain, code: str) -> Iterator[shapes.Headline]:
    for each in content["headlines"]:
        fact = told(each["answer"])
        if fact.number:
            note = f"n = {fact.estimate.n.value}" if fact.estimate else each["unit"][code]
            yield shapes.Headline(fact.number, each["label"][code], note)


def _indicator(each: Plain, code: str) -> shapes.Indicator:
    fact = _typed(each["typed"]) if "typed" in each else told(each["answer"])
    plan = None if each["plan"] is None else Decimal(each["plan"])
    notes = [fact.note, _verdict(each["verdict"], fact)]
    typed = each.get("typed")
    return shapes.Indicator(
        code=each["code"],
        label=each["label"][code],
        unit=each["unit"][code],
        plan=None if plan is None else _like(plan, fact),
        fact=fact.number,
        sentence=each.get("sentence", {}).get(code, ""),
        population=each.get("population", {}).get(code, ""),
        method=each.get("method", {}).get(code, ""),
        estimate=fact.estimate,
        document=_("%(name)s, version %(version)s")
        % {"name": typed["document"], "version": typed["version"]}
        if typed
        else "",
        note=" ".join(filter(None, notes)),
    )


def _typed(typed: Plain | None) -> Told:
    if typed is None:
        return Told(None, None, _("Nothing has been typed in yet; no room counts it."))
    amount = Decimal(typed["amount"])
    return Told(shapes.Number(amount, _kind(amount)), None, "")


def _kind(amount: Decimal) -> shapes.Kind:
    return shapes.Kind.COUNT if amount == amount.to_integral_value() else shapes.Kind.MONEY


def _like(plan: Decimal, fact: Told) -> shapes.Number:
    """The plan as its fact is shown: of shares it is said in per cent."""
    kind = fact.number.kind if fact.number else fact.kind
    if kind is shapes.Kind.SHARE:
        return shapes.Number(plan / 100, kind)
    return shapes.Number(plan, kind if kind is shapes.Kind.MEASURE else _kind(plan))


def _verdict(verdict: str, fact: Told) -> str:
    """What the interval says of the plan; plain counts say it themselves."""
    if fact.estimate is None and not fact.is_range:
        return ""
    return {
        "reached": _("The plan is reached: the whole interval lies at it or better."),
        "missed": _("The plan is not reached: the whole interval lies below it."),
        "unsure": _("The plan lies inside the interval: the difference may be chance."),
    }.get(verdict, "")


def _line(each: Plain, code: str) -> shapes.Line:
    lately = shapes.Number(Decimal(each["lately"]), shapes.Kind.MONEY)
    return shapes.Line(
        code=each["code"],
        label=each["label"][code],
        plan=shapes.Number(Decimal(each["plan"]), shapes.Kind.MONEY),
        spent=shapes.Number(Decimal(each["spent"]), shapes.Kind.MONEY),
        note=_("in this period: %(amount)s") % {"amount": spelled(lately)} if lately.value else "",
    )


def _annex(each: Plain, code: str) -> shapes.Annex:
    rows = tuple(tuple(_cell(cell) for cell in row) for row in each["rows"][code])
    return shapes.Annex(each["heading"][code], tuple(each["columns"][code]), rows)


def _cell(cell: Any) -> shapes.Cell:  # noqa: ANN401 - as the content holds it
    return date.fromisoformat(cell["on"]) if isinstance(cell, dict) else cell


def _picture(each: Plain, code: str) -> shapes.Picture:
    with store.read(each["digest"]) as file:
        return shapes.Picture(file.read(), each["caption"][code], each["alt"][code])


def _correction(each: Plain, code: str) -> shapes.Correction:
    return shapes.Correction(
        what=each["what"][code],
        old=told(each["old"]).number,
        new=told(each["new"]).number,
        who=_("Coordinator"),
        why=each["why"][code],
        day=date.fromisoformat(each["on"]),
    )


def _verified(each: Plain | None, code: str) -> shapes.Verified | None:
    if each is None:
        return None
    fact = told(each["answer"])
    if fact.number is None or fact.estimate is None:
        return None
    return shapes.Verified(fact.number, fact.estimate, each["sentence"][code])


def _approvals(account: Account) -> Iterator[shapes.Approval]:
    """Who approved, by their office alone: names of the staff stay inside."""
    for number, each in enumerate(queries.approvals_of(account), 1):
        role = _("First approval") if number == 1 else _("Second approval")
        yield shapes.Approval(role, "", each.made_at.date())


def _seal(account: Account) -> shapes.Seal | None:
    if account.sealed_at is None:
        return None
    return shapes.Seal(
        account.digest, account.number, account.head, account.sealed_at.date(), steps()
    )


def name_of_version(account: Account) -> str:
    """What the signature calls the account."""
    return f"{account.contract_id}/{account.period}/{account.version}"


def is_intact(account: Account) -> bool:
    """Whether a sealed account is what was signed: content, head and signature."""
    if digest(dict(account.content)) != account.digest:
        return False
    words_ = message(name_of_version(account), account.number, account.head, account.digest)
    try:
        VerifyKey(bytes.fromhex(account.key)).verify(words_, bytes.fromhex(account.signature))
    except (BadSignatureError, ValueError):
        return False
    return True


def fingerprint(account: Account, content: Plain, language: str, form: str) -> str:
    """What a document shows, in 64 digits: content, seal, and the template that it is set in."""
    own = queries.template(language) if form == "docx" else None
    parts = [
        str(LAYOUT),
        digest(content),
        account.signature,
        *(each.digest for each in queries.approvals_of(account)),
        own.file_id or "" if own else "",
    ]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()


def current_documents(account: Account, content: Plain) -> list[AccountDocument]:
    """The documents that show the content as it is now."""
    return [
        each
        for each in queries.documents_of(account)
        if each.content == fingerprint(account, content, each.language, each.form)
    ]


def missing(account: Account, content: Plain) -> list[tuple[str, str]]:
    """Language and form of every document that is still to be made."""
    there = {(each.language, each.form) for each in current_documents(account, content)}
    every = [(code, form) for code in queries.LANGUAGES for form in queries.FORMS]
    return [each for each in every if each not in there]

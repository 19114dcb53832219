"""The headings of an account's documents, in the language that is active."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from baqylau.documents.accounts.words import Words


def words() -> Words:
    """Every heading that stands around what an account holds."""
    return Words(
        overview=_("Overview"),
        heading=_("Heading"),
        text=_("Text"),
        contract=_("Contract"),
        commissioner=_("Commissioner"),
        period=_("Period"),
        made=_("Account of"),
        day=_("Day"),
        draft=_("Draft: not approved, not sealed"),
        indicators=_("Indicators: plan and fact"),
        code=_("Code"),
        indicator=_("Indicator"),
        unit=_("Unit"),
        plan=_("Plan"),
        fact=_("Fact"),
        done=_("Of the plan"),
        n="n",
        interval=_("Interval"),
        counted=_("What is counted"),
        population=_("Of whom"),
        method=_("Method"),
        not_recomputable=_("not recomputable"),
        document=_("Document"),
        note=_("Note"),
        spending=_("Budget and spending"),
        line=_("Line"),
        spent=_("Spent"),
        left=_("Left"),
        total=_("In all"),
        annex=_("Annex"),
        picture=_("Picture"),
        pictures=_("Pictures"),
        corrections=_("What was corrected"),
        what=_("Which number"),
        old=_("It was"),
        new=_("It is"),
        who=_("Who"),
        why=_("Why"),
        verified=_("Checked with the people themselves"),
        narrative=_("In words"),
        notes=_("Notes on the method"),
        definitions=_("Definitions"),
        approved=pgettext("heading above who did", "Approved"),
        seal=_("Seal"),
        digest=_("Digest of the content (SHA-256)"),
        head=_("Head of the journal"),
        head_number=_("Number of the entry"),
        head_digest=_("Digest of the entry"),
        how_to_check=_("How to check it"),
        page=_("Page"),
    )


def steps() -> tuple[str, ...]:
    """How anybody checks a sealed account."""
    return (
        _("Take the content of the account as JSON, from its page or from the organisation."),
        _("Write it with sorted keys, without spaces, in UTF-8, and compute its SHA-256."),
        _("It must be the digest above; the signature is over it and the head of the journal."),
        _("The head of the journal must be the one that was published for that day."),
    )

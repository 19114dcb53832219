"""The words of a report: stable codes, labels in three languages (programme.md, taxonomies).

Of all these only `State` ever stands in a column; the others are sealed.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """How far a report is: the one thing about it that is not sealed."""

    NEW = "new", pgettext_lazy("report", "not read yet")
    READ = "read", pgettext_lazy("report", "being read")
    ANSWERED = "answered", pgettext_lazy("report", "answered")
    CLOSED = "closed", pgettext_lazy("report", "closed")
    DELETED = "deleted", pgettext_lazy("report", "deleted")


class Stage(models.TextChoices):
    """Whether money has already changed hands: it decides which advice comes first."""

    ASKED = "asked", _("They asked, I have not paid")
    PAID = "paid", _("I have already paid or given")
    SEEN = "seen", _("I saw it or heard of it")


class Conduct(models.TextChoices):
    """What was done."""

    BRIBE_ASKED = "bribe_asked", _("a bribe was asked")
    BRIBE_GIVEN = "bribe_given", _("a bribe was given")
    BRIBE_MEDIATED = "bribe_mediated", _("a go-between carried a bribe")
    EXTORTION = "extortion", _("extortion")
    ABUSE = "abuse", _("abuse of office")
    INACTION = "inaction", _("nothing was done that had to be done")
    MISAPPROPRIATION = "misappropriation", _("public money or goods were taken")
    CONFLICT = "conflict", _("conflict of interest")
    NEPOTISM = "nepotism", _("relatives were favoured")
    FORGERY = "forgery", _("forged papers")
    REFUSAL = "refusal", _("unlawful refusal")
    EXTRA_DOCUMENTS = "extra_documents", _("papers were asked that the law does not ask")
    RUDENESS = "rudeness", _("rudeness")
    WASTE = "waste", _("waste")
    UNTOLD = "untold", _("I would rather not say")


class BribeForm(models.TextChoices):
    """What a bribe consists of."""

    MONEY = "money", pgettext_lazy("bribe", "money")
    GIFT = "gift", pgettext_lazy("bribe", "a gift")
    SERVICE = "service", pgettext_lazy("bribe", "a service")
    WORK = "work", pgettext_lazy("bribe", "work")
    SEXUAL = "sexual", pgettext_lazy("bribe", "something sexual")
    GO_BETWEEN = "go_between", pgettext_lazy("bribe", "through a go-between")
    CHARITY = "charity", pgettext_lazy("bribe", "“charity”")
    UNTOLD = "untold", _("I would rather not say")


class Amount(models.TextChoices):
    """How much, in bands of tenge."""

    TO_10 = "to_10", _("up to 10,000 tenge")
    TO_50 = "to_50", _("10,000 to 50,000 tenge")
    TO_200 = "to_200", _("50,000 to 200,000 tenge")
    TO_1000 = "to_1000", _("200,000 to 1,000,000 tenge")
    OVER_1000 = "over_1000", _("more than 1,000,000 tenge")
    UNTOLD = "untold", _("I would rather not say")


class Credibility(models.TextChoices):
    """What an officer's label rests on."""

    HEARSAY = "hearsay", _("hearsay")
    WITNESS = "witness", _("witness")
    VICTIM = "victim", _("the person concerned")
    DOCUMENT = "document", _("a document")


class Ending(models.TextChoices):
    """With what a report is closed; it decides how long it is kept."""

    CASE = "case", _("a case was opened")
    ADVISED = "advised", _("advice was given")
    HANDED = "handed", _("handed to a lawful authority")
    NO_ANSWER = "no_answer", _("the reporter did not come back")
    WITHDRAWN = "withdrawn", _("withdrawn by the reporter")
    UNFOUNDED = "unfounded", _("unfounded")
    ABUSE = "abuse", _("not a report: advertising, insults")


class NameReason(models.TextChoices):
    """Why an officer asks a custodian for the name."""

    DANGER = "danger", _("the reporter is in danger")
    WISH = "wish", _("the reporter has asked for it")
    AUTHORITY = "authority", _("a lawful authority demands it")
    PROTECTION = "protection", _("to apply for the protection of the reporter")


class NameRefusal(models.TextChoices):
    """Why a custodian leaves a name closed."""

    NOT_NEEDED = "not_needed", _("the name is not needed for this")
    NO_GROUND = "no_ground", _("no lawful ground is shown")
    REPORTER = "reporter", _("the reporter has not agreed")
    UNCLEAR = "unclear", _("the request does not say enough")


class ExportReason(models.TextChoices):
    """Why a report leaves the house."""

    COURT = "court", _("an order of a court")
    PROSECUTOR = "prosecutor", _("a lawful demand of the prosecutor")
    INVESTIGATION = "investigation", _("a lawful demand of an investigating body")
    CONSENT = "consent", _("the reporter has asked for it")

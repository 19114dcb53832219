"""The room's rows of the permission table."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.modules import Action
from baqylau.kernel.roles import Role

MONEY = "accountability.money"
DRAFT = "accountability.draft"
APPROVE = "accountability.approve"
RECEIVED = "accountability.received"
ANSWER = "accountability.answer"
NEWS = "accountability.news"
REPLIES = "accountability.replies"
COMPLAINTS = "accountability.complaints"
SETTLE = "accountability.settle"
RELEASE = "accountability.release"

ACTIONS: Sequence[Action] = (
    Action(
        MONEY,
        _("Write down the budget, the spending and the stages of a contract"),
        frozenset({Role.COORDINATOR}),
    ),
    Action(
        DRAFT,
        _("Write, seal and send an account to the commissioner"),
        frozenset({Role.COORDINATOR}),
    ),
    Action(
        APPROVE,
        _("Read and approve an account to the commissioner"),
        frozenset({Role.COORDINATOR, Role.LAWYER}),
    ),
    Action(RECEIVED, _("Read the accounts that were received"), frozenset({Role.OFFICIAL})),
    Action(ANSWER, _("Accept an account or return it"), frozenset({Role.OFFICIAL})),
    Action(
        NEWS,
        _("Write and publish news"),
        frozenset({Role.EDITOR, Role.COORDINATOR}),
    ),
    Action(
        REPLIES,
        _("Publish what bodies reply to their numbers"),
        frozenset({Role.EDITOR, Role.COORDINATOR, Role.LAWYER}),
    ),
    Action(
        COMPLAINTS,
        _("Write down complaints against the programme"),
        frozenset({Role.ADVISER, Role.LAWYER, Role.COORDINATOR, Role.SECRETARY, Role.EDITOR}),
    ),
    Action(
        SETTLE,
        _("Answer complaints against the programme"),
        frozenset({Role.COORDINATOR, Role.LAWYER}),
    ),
    Action(RELEASE, _("Publish open data"), frozenset({Role.COORDINATOR, Role.EDITOR})),
)

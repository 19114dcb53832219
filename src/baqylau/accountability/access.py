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
    Action(RELEASE, _("Publish open data"), frozenset({Role.COORDINATOR, Role.EDITOR})),
)

"""The room's rows of the permission table. A right opens no report: for that one needs a key.

The predicates are asked with a `Report`; its `holders` are the opaque keys of those who hold a
wrapped key to it.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.access import Actor
from baqylau.kernel.modules import Action
from baqylau.kernel.roles import Role

LIST = "reports.list"
READ = "reports.read"
KEY = "reports.key"
CUSTODY = "reports.custody"
CEREMONY = "reports.ceremony"
SEE_KEYS = "reports.keys"
END_KEY = "reports.end_key"
COUNT = "reports.count"
ASSIST = "reports.assist"

_OFFICERS = frozenset({Role.INTAKE_OFFICER})


def is_holder(actor: Actor, report: Any) -> bool:  # noqa: ANN401 - as every predicate
    """Whether a key to the report is wrapped to the actor."""
    return actor.key in report.holders


ACTIONS = (
    Action(LIST, _("See which reports wait, without their content"), _OFFICERS),
    Action(READ, _("Read and answer sealed reports"), _OFFICERS, is_holder, personal=True),
    Action(
        KEY,
        _("Hold a key of one's own"),
        frozenset({Role.INTAKE_OFFICER, Role.CUSTODIAN}),
        personal=True,
    ),
    Action(
        CUSTODY,
        _("Decide whether a reporter's name is opened"),
        frozenset({Role.CUSTODIAN}),
        personal=True,
    ),
    Action(
        CEREMONY,
        _("Prepare the keys: invite holders, make the recovery key"),
        frozenset({Role.ADMINISTRATOR, Role.COORDINATOR, Role.INTAKE_OFFICER}),
    ),
    Action(
        END_KEY,
        _("End the key of somebody who leaves"),
        frozenset({Role.COORDINATOR, Role.INTAKE_OFFICER}),
    ),
    Action(
        SEE_KEYS,
        _("See who holds keys, and what is missing"),
        frozenset({Role.ADMINISTRATOR, Role.COORDINATOR, Role.INTAKE_OFFICER, Role.CUSTODIAN}),
    ),
    Action(
        COUNT,
        _("See how many reports there are"),
        frozenset({Role.INTAKE_OFFICER, Role.COORDINATOR}),
    ),
    Action(
        ASSIST,
        _("Write a report down for somebody"),
        frozenset({Role.ADVISER, Role.LAWYER, Role.COORDINATOR, Role.INTAKE_OFFICER}),
    ),
)

"""Who reads figures.

Those who plan, advise, check and write for the public, and the commissioner's official. Numbers
stand apart from records: what somebody may not open is rounded, hidden or refused by the gate.
Intake officers, custodians, shoppers, surveyors and lecturers need none for their work;
administrators look after accounts, not after the programme.
"""

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.modules import Action
from baqylau.kernel.roles import Role

SEE = "figures.see"
CLOSE = "figures.close"
CORRECT = "figures.correct"
CONTRACT = "figures.contract"
PLAN = "figures.plan"

ACTIONS = (
    Action(
        SEE,
        _("See figures"),
        frozenset(
            {
                Role.ADVISER,
                Role.LAWYER,
                Role.COORDINATOR,
                Role.SECRETARY,
                Role.MEMBER,
                Role.EDITOR,
                Role.OFFICIAL,
            }
        ),
    ),
    Action(CLOSE, _("Close a month, a quarter or a year"), frozenset({Role.COORDINATOR})),
    Action(CORRECT, _("Correct a published number"), frozenset({Role.COORDINATOR})),
    Action(CONTRACT, _("Write down a contract and its plan"), frozenset({Role.COORDINATOR})),
    Action(
        PLAN,
        _("See the plan of a contract beside the facts"),
        frozenset({Role.COORDINATOR, Role.OFFICIAL}),
    ),
)

"""The module's rows of the permission table.

What councils do is public; these are the rights to write it down.
"""

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.modules import Action
from baqylau.kernel.roles import Role

SEE = "councils.see"
KEEP = "councils.keep"
VOTE = "councils.vote"
DISCUSS = "councils.discuss"
MODERATE = "councils.moderate"
WRITE = "councils.write"
SIGN = "councils.sign"
FOLLOW = "councils.follow"
VERIFY = "councils.verify"
IMPORT = "councils.import"

_OFFICE = frozenset({Role.SECRETARY, Role.COORDINATOR})
_WRITERS = frozenset({Role.SECRETARY, Role.COORDINATOR, Role.LAWYER})

ACTIONS = (
    Action(SEE, _("See councils and recommendations at the desk"), _WRITERS | {Role.MEMBER}),
    Action(KEEP, _("Keep councils, members and meetings"), _OFFICE),
    Action(VOTE, _("Vote in one's council"), frozenset({Role.MEMBER})),
    Action(DISCUSS, _("Publish drafts for discussion and type paper comments in"), _WRITERS),
    Action(MODERATE, _("Let comments on drafts through, and answer them"), _WRITERS),
    Action(WRITE, _("Write final documents and recommendations"), _WRITERS),
    Action(SIGN, _("Sign and send final documents"), frozenset({Role.COORDINATOR})),
    Action(FOLLOW, _("Write down what became of a recommendation"), _WRITERS),
    Action(
        VERIFY,
        _("Check on the spot whether a promise was kept"),
        _WRITERS | {Role.MEMBER, Role.ADVISER, Role.SHOPPER},
    ),
    Action(IMPORT, _("Take tables of councils and recommendations in and out"), _OFFICE),
)

"""The room's rows of the permission table."""

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.modules import Action
from baqylau.kernel.roles import Role

FIND = "contacts.find"
REVEAL = "contacts.reveal"
CHANGE = "contacts.change"
ERASE = "contacts.erase"
TEXTS = "contacts.texts"
_DESK = frozenset({Role.ADVISER, Role.LAWYER, Role.COORDINATOR})
_LECTURERS = frozenset({Role.LECTURER})

ACTIONS = (
    Action(FIND, _("Find a visitor by phone"), _DESK | _LECTURERS, personal=True),
    Action(REVEAL, _("Open a visitor's name and phone"), _DESK | _LECTURERS, personal=True),
    Action(CHANGE, _("Write down a visitor who agreed to it"), _DESK | _LECTURERS, personal=True),
    Action(ERASE, _("Erase a visitor who asks for it"), _DESK, personal=True),
    Action(TEXTS, _("Publish texts of consent"), frozenset({Role.LAWYER})),
)

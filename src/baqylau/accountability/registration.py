"""What the room of accountability shows to the rest."""

from django.utils.translation import gettext_lazy as _

from baqylau.accountability import access
from baqylau.accountability.training import load
from baqylau.kernel.modules import Door, Module, Training

MODULE = Module(
    code="accountability",
    label=_("Accountability"),
    public_urls="baqylau.accountability.urls_public",
    doors=(
        Door(
            "numbers",
            _("Our work"),
            _("Numbers that open, offices, districts, and how we are checked."),
            order=30,
        ),
    ),
    actions=access.ACTIONS,
    training=(
        Training(
            "accountability", _("Published numbers"), load.load, order=80, is_there=load.is_there
        ),
    ),
)

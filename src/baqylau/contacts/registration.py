"""What the room of identities shows the rest: its one descriptor."""

from django.utils.translation import gettext_lazy as _

from baqylau.contacts import access, console, keyring, queries, verification
from baqylau.contacts.services import forget, keep_to_the_rule
from baqylau.contacts.services.erasing import clean_pages
from baqylau.contacts.services.texts import seed
from baqylau.kernel.modules import Command, Erase, Job, KeyFile, Module, Projection

MODULE = Module(
    code="contacts",
    label=_("Identities"),
    actions=access.ACTIONS,
    seed=seed,
    erase=(Erase("contacts.identity", forget, queries.erasures, clean_pages),),
    key_files=(KeyFile(keyring.NAME, _("names and phones of visitors"), is_wrapped=True),),
    jobs=(
        Job(
            "contacts.retention",
            _("Forget people whose time is over"),
            keep_to_the_rule,
            at="03:20",
        ),
    ),
    projections=(
        Projection(
            "contacts.kept",
            _("People who are kept"),
            verification.differences,
            verification.rebuild,
        ),
    ),
    commands=(
        Command(
            "contacts rotate",
            _("change the key that seals names and phones"),
            console.rotate_arguments,
            console.run_rotate,
        ),
        Command(
            "contacts erased",
            _("list who was erased: keys and days, to be saved elsewhere"),
            console.no_arguments,
            console.run_erased,
        ),
        Command(
            "contacts replay",
            _("erase again, after a restore, those whom such a list names"),
            console.replay_arguments,
            console.run_replay,
        ),
    ),
)
"""Read when every room is loaded: see `apps`."""

"""What the operation room shows to the rest."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baqylau.kernel.modules import Command, Job, Module
from baqylau.operation import console, metrics, schedule

MODULE = Module(
    code="operation",
    label=_("Operation"),
    commands=(
        Command(
            "verify",
            _("check the journal, the signed heads and what the lists show"),
            console.verify_arguments,
            console.verify,
        ),
        Command(
            "backup",
            _("make one sealed archive of everything but the keys"),
            console.backup_arguments,
            console.make_backup,
        ),
        Command(
            "backup-passphrase",
            _("put the backup key behind a passphrase, to lie beside the archives"),
            console.passphrase_arguments,
            console.change_passphrase,
        ),
        Command(
            "restore",
            _("bring an archive back into an empty folder"),
            console.restore_arguments,
            console.bring_back,
        ),
        Command(
            "doctor",
            _("say what is wrong with this installation and how to mend it"),
            console.no_arguments,
            console.tell_health,
        ),
    ),
    jobs=(
        Job(
            "operation.backup",
            _("Make a sealed backup"),
            schedule.make_daily,
            at=settings.BACKUP_AT,
            is_long=True,
        ),
        Job(
            "operation.erasures",
            _("Bring the list of erasures beside the backups up to date"),
            schedule.carry_erasures,
            every=3_600,
        ),
    ),
    health=schedule.health,
    metrics=metrics.metrics,
    seed=console.make_backup_key,
)

"""The staff room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    """Accounts and rights."""

    name = "baqylau.staff"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Show the room to the rest."""
        from allauth.mfa import signals

        from baqylau.kernel.modules import (
            Action,
            Command,
            Job,
            MenuItem,
            Module,
            Training,
            registry,
        )
        from baqylau.kernel.roles import Role
        from baqylau.staff import console, factors, services, training

        administrators = frozenset({Role.ADMINISTRATOR})
        registry.register(
            Module(
                code="staff",
                label=_("Staff"),
                desk_urls="baqylau.staff.urls_desk",
                desk_scripts=("staff/lock.js", "staff/passkeys.js"),
                desk_corner="staff/corner.html",
                menu=(
                    MenuItem("staff_accounts", _("Accounts"), "staff.accounts", order=90),
                    MenuItem("staff_settings", _("Settings"), "staff.settings", order=92),
                ),
                actions=(
                    Action("staff.accounts", _("Open, change and close accounts"), administrators),
                    Action("staff.settings", _("Change the settings of the site"), administrators),
                    Action("staff.permissions", _("See who may do what"), frozenset(Role)),
                ),
                jobs=(Job("staff.tidy", _("Forget what is too old"), services.tidy, every=3_600),),
                training=(Training("staff", _("Accounts"), training.load, order=10),),
                training_notes=training.notes,
                commands=(
                    Command(
                        "invite",
                        _("open an account and print the link for it"),
                        console.invite_arguments,
                        console.invite,
                    ),
                ),
            )
        )
        signals.authenticator_added.connect(factors.note_added, dispatch_uid="staff")
        signals.authenticator_removed.connect(factors.note_removed, dispatch_uid="staff")
        signals.authenticator_reset.connect(factors.note_added, dispatch_uid="staff")

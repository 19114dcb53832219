"""The jobs room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """What runs by the clock."""

    name = "baqylau.jobs"

    def ready(self) -> None:
        """Show the room to the rest."""
        from baqylau.jobs import console, letters, metrics, views
        from baqylau.kernel.modules import Action, Command, Job, MenuItem, Module, registry
        from baqylau.kernel.roles import Role

        registry.register(
            Module(
                code="jobs",
                label=_("Clock"),
                desk_urls="baqylau.jobs.urls_desk",
                menu=(MenuItem("jobs", _("Clock"), views.SEE, order=95),),
                actions=(
                    Action(
                        views.SEE, _("See what runs by the clock"), frozenset({Role.ADMINISTRATOR})
                    ),
                ),
                jobs=(Job("mail.send", _("Send waiting letters"), letters.send_waiting, every=60),),
                metrics=metrics.metrics,
                commands=(
                    Command(
                        "jobs run", _("run what is due"), console.run_arguments, console.run_jobs
                    ),
                    Command(
                        "jobs list",
                        _("what runs by the clock"),
                        console.no_arguments,
                        console.list_jobs,
                    ),
                ),
            )
        )

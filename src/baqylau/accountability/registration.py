"""What the room of accountability shows to the rest."""

from django.utils.translation import gettext_lazy as _

from baqylau.accountability import access, console
from baqylau.accountability.datasets import DATASETS
from baqylau.accountability.queries import work
from baqylau.accountability.states import of_body
from baqylau.accountability.training import load
from baqylau.accountability.views.about import about_place, home
from baqylau.figures.access import CONTRACT, PLAN
from baqylau.kernel.modules import Command, Door, MenuItem, Module, Training
from baqylau.kernel.work import Tasks

MODULE = Module(
    code="accountability",
    label=_("Accountability"),
    public_urls="baqylau.accountability.urls_public",
    data_urls="baqylau.accountability.urls_data",
    desk_urls="baqylau.accountability.urls_desk",
    doors=(
        Door(
            "numbers",
            _("Our work"),
            _("Numbers that open, offices, districts, and how we are checked."),
            order=30,
        ),
    ),
    menu=(
        MenuItem("received", _("Accounts received"), access.RECEIVED, order=10, key="e"),
        MenuItem("progress_list", _("Plan and fact"), PLAN, order=55, key="p"),
        MenuItem("contracts", _("Contracts"), CONTRACT, order=56),
        MenuItem("news_desk", _("News"), access.NEWS, order=60),
        MenuItem("replies", _("Replies of bodies"), access.REPLIES, order=61),
        MenuItem("complaints_desk", _("Complaints against us"), access.COMPLAINTS, order=62),
        MenuItem("accounts", _("Our accounts"), access.APPROVE, order=57),
        MenuItem("releases", _("Open data"), access.RELEASE, order=75),
    ),
    actions=access.ACTIONS,
    tasks=(Tasks("accountability.accounts", work.waiting),),
    training=(
        Training(
            "accountability", _("Published numbers"), load.load, order=80, is_there=load.is_there
        ),
    ),
    home=home,
    about_place=about_place,
    body_state=of_body,
    datasets=DATASETS,
    commands=(
        Command(
            "verify-release",
            _("check a release of open data, without any database"),
            console.verify_arguments,
            console.verify_release,
        ),
    ),
)

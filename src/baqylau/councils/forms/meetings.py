"""Forms of meetings: plan, agenda, papers, invitation, who came, votes, minutes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baqylau.casework.forms import InstitutionField
from baqylau.councils.forms.fields import LONG, Line, offer
from baqylau.councils.models import Choice, Draft, MeetingKind, Presence
from baqylau.councils.queries.meetings import Came
from baqylau.councils.queries.said import said
from baqylau.councils.queries.voting import Ballot
from baqylau.councils.rules.meetings import LONGEST
from baqylau.councils.services.inviting import Call
from baqylau.councils.services.materials import KINDS, LIMIT, Paper
from baqylau.councils.services.minuting import TEXT
from baqylau.files.forms import UploadField
from baqylau.web.forms import DayField

BY_HAND = [(choice.value, choice.label) for choice in Choice if choice != Choice.INTEREST]


class MeetingForm(forms.Form):
    """A row of the year's plan."""

    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices)
    topic_kk = Line(label=_("Topic in Kazakh"), max_length=300, required=True)
    topic_ru = Line(label=_("Topic in Russian"), max_length=300)
    planned_on = DayField(label=_("Day in the plan"))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def said(self) -> dict[str, Any]:
        """What was typed."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class ItemForm(forms.Form):
    """An item of the agenda."""

    title_kk = Line(label=_("What is discussed, in Kazakh"), max_length=300, required=True)
    title_ru = Line(label=_("What is discussed, in Russian"), max_length=300)
    institution = InstitutionField(
        label=_("The body that it concerns"),
        help_text=_(
            "Its name, a part of it, or its code. Members with an interest in it do not vote on "
            "the item."
        ),
    )
    draft = forms.ChoiceField(
        label=_("Draft that is discussed"),
        required=False,
        help_text=_("Published drafts. Its page and the agenda then lead to each other."),
    )
    is_voted = forms.BooleanField(label=_("It is voted on"), required=False, initial=True)

    def __init__(self, *args: Any, drafts: Iterable[Draft], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        self.drafts = {row.code: row for row in drafts}
        rows = [(code, said(row, "title").text) for code, row in self.drafts.items()]
        offer(self, "draft", [("", _("none of them")), *rows])

    def said(self) -> dict[str, Any]:
        """What was typed; the draft as a row."""
        return {**self.cleaned_data, "draft": self.drafts.get(self.cleaned_data["draft"])}


class PaperForm(forms.Form):
    """A paper for everybody."""

    name_kk = Line(label=_("What it is called, in Kazakh"), max_length=200, required=True)
    name_ru = Line(label=_("What it is called, in Russian"), max_length=200)
    file = UploadField(
        label=_("File"),
        kinds=KINDS,
        limit=LIMIT,
        help_text=_(
            "PDF, DOCX or a picture, up to 10 MB. Place and time are taken out of a picture; "
            "a document is published as it is, with whatever its properties say."
        ),
    )
    is_public = forms.BooleanField(
        label=_("I have looked: there is nothing in it that not everybody may read"),
    )

    def said(self) -> Paper:
        """What was chosen and typed."""
        file = self.cleaned_data["file"]
        names = {name: self.cleaned_data[name] for name in ("name_kk", "name_ru")}
        return Paper(file.read(), file.content_type, **names)


class CallForm(forms.Form):
    """When and where."""

    on = DayField(label=_("Day"))
    at = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    minutes_long = forms.IntegerField(
        label=_("Minutes that it takes"), min_value=1, max_value=LONGEST
    )
    place_kk = Line(label=_("Place in Kazakh"), required=True)
    place_ru = Line(label=_("Place in Russian"))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def said(self) -> Call:
        """What was typed; the moment in the programme's zone."""
        data = self.cleaned_data
        moment = datetime.combine(data["on"], data["at"], ZoneInfo(settings.TIME_ZONE))
        return Call(moment, data["minutes_long"], data["place_kk"], data["place_ru"])


class CancelForm(forms.Form):
    """Why a meeting does not take place."""

    reason_kk = Line(label=_("Why, in Kazakh"), max_length=300, required=True)
    reason_ru = Line(label=_("Why, in Russian"), max_length=300)


class PresenceForm(forms.Form):
    """Who came: a choice for every member."""

    def __init__(self, *args: Any, rows: Iterable[Came], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        self.names: dict[str, int] = {}
        for row in rows:
            name = f"member_{row.member.pk}"
            self.names[name] = row.member.pk
            self.fields[name] = forms.ChoiceField(
                label=row.member.name,
                choices=Presence.choices,
                initial=row.presence,
                widget=forms.RadioSelect,
            )

    def said(self) -> dict[int, str]:
        """The presence by the member's number."""
        return {number: self.cleaned_data[name] for name, number in self.names.items()}


class VotesForm(forms.Form):
    """How members voted by hand: a choice for each whose vote counts."""

    def __init__(self, *args: Any, ballot: Ballot, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        self.names: dict[str, int] = {}
        for line in ballot.lines:
            if line.why_not is not None or line.is_own:
                continue
            name = f"member_{line.member.pk}"
            self.names[name] = line.member.pk
            self.fields[name] = forms.ChoiceField(
                label=line.member.name,
                choices=BY_HAND,
                initial=line.choice,
                required=False,
                widget=forms.RadioSelect,
            )

    def said(self) -> dict[int, str]:
        """The choice by the member's number."""
        return {number: self.cleaned_data[name] for name, number in self.names.items()}


class DecisionForm(forms.Form):
    """What was decided."""

    decision_kk = forms.CharField(label=_("Decision, in Kazakh"), widget=LONG, max_length=4_000)
    decision_ru = forms.CharField(
        label=_("Decision, in Russian"), widget=LONG, max_length=4_000, required=False
    )


class MinutesForm(forms.Form):
    """The secretary's words."""

    minutes_kk = forms.CharField(
        label=_("What was said, in Kazakh"),
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=TEXT,
        help_text=_(
            "Who came, the items, votes and decisions are added by themselves. It is public: "
            "name no residents."
        ),
    )
    minutes_ru = forms.CharField(
        label=_("What was said, in Russian"),
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=TEXT,
        required=False,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class PublishForm(forms.Form):
    """The last step."""

    is_approved = forms.BooleanField(
        label=_("The chair has approved these minutes"),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

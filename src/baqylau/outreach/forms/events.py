"""Shapes of what is typed about an event."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from baqylau.files.forms import UploadField
from baqylau.institutions.labels import name as place_name
from baqylau.institutions.models import Institution
from baqylau.institutions.queries import Wanted as Places
from baqylau.institutions.queries import listing
from baqylau.institutions.rules import search_words
from baqylau.kernel import clock, codes
from baqylau.outreach.models import Age, Campaign, Event, EventKind, Sex, Speaker, Stage
from baqylau.outreach.queries.listing import LATE, OPEN, Wanted
from baqylau.outreach.queries.speakers import standing
from baqylau.outreach.queries.words import words
from baqylau.outreach.rules.heads import Heads
from baqylau.outreach.services import sheets
from baqylau.outreach.services.events import PLACE, TOPIC, Planned
from baqylau.outreach.services.pictures import KINDS as PICTURE_KINDS
from baqylau.outreach.services.reporting import Told
from baqylau.outreach.services.sheets import Scan
from baqylau.territories.labels import full_name
from baqylau.territories.models import Territory
from baqylau.text.skeleton import skeleton
from baqylau.web.forms import DayField

Choices = list[tuple[str, Any]]
SHOWN, LOOKED = 12, 500
"""Institutions that are offered when several fit, and among how many the best are looked for."""


def _time(label: Any) -> forms.TimeField:  # noqa: ANN401 - lazy text
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write a time like 14:30.")},
    )


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class EventForm(forms.Form):
    """An event as it is planned; institutions are looked for by name and stay as ticked boxes."""

    kind = forms.ChoiceField(label=_("What is held"), choices=EventKind.choices)
    campaign = forms.ChoiceField(label=_("Campaign"), required=False)
    topic_kk = forms.CharField(label=_("Topic in Kazakh"), max_length=TOPIC)
    topic_ru = forms.CharField(label=_("Topic in Russian"), max_length=TOPIC, required=False)
    bodies = forms.MultipleChoiceField(label=_("Institutions"), widget=forms.CheckboxSelectMultiple)
    find = forms.CharField(
        label=_("Find an institution"),
        max_length=200,
        help_text=_("Its name, a part of it, or its code; then press “Add”."),
    )
    on = DayField(label=_("Day"))
    starts_at = _time(_("Begins at"))
    ends_at = _time(_("Ends at"))
    district = forms.ChoiceField(
        label=_("District"),
        required=False,
        help_text=_("Left empty: the district of the first institution."),
    )
    place_kk = forms.CharField(
        label=_("Room or place, in Kazakh"), max_length=PLACE, required=False
    )
    place_ru = forms.CharField(
        label=_("Room or place, in Russian"), max_length=PLACE, required=False
    )
    speakers = forms.MultipleChoiceField(
        label=_("Speakers"), required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    code = forms.RegexField(rf"^{codes.SHAPE}$", widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as Django's own
        districts: Iterable[Territory],
        campaigns: Iterable[Campaign],
        speakers: Iterable[Speaker],
        chosen: Iterable[Institution],
        **options: Any,  # noqa: ANN401 - as Django's own
    ) -> None:
        super().__init__(*args, **options)
        self.chosen = list(chosen)
        self.known = {row.code: row for row in speakers}
        _offer(self, "district", [("", ""), *[(unit.kato, full_name(unit)) for unit in districts]])
        self.campaigns = {row.code: row for row in campaigns}
        names: Choices = [(code, str(words(row, "name"))) for code, row in self.campaigns.items()]
        _offer(self, "campaign", [("", _("none")), *names])
        _offer(self, "speakers", _told(list(self.known.values())))
        _offer(self, "bodies", [(row.code, str(place_name(row))) for row in self.chosen])
        if self.chosen:
            self.fields["find"].required = False
        else:
            del self.fields["bodies"]

    def ticked(self) -> list[Institution]:
        """The institutions that are still ticked, and those that were just taken."""
        wanted = self.cleaned_data.get("bodies", [])
        return [row for row in self.chosen if row.code in wanted]

    def said(self) -> Planned:
        """The event as it is planned."""
        data, bodies = self.cleaned_data, self.ticked()
        texts = ("topic_kk", "topic_ru", "place_kk", "place_ru", "kind", "on", "code")
        return Planned(
            **{name: data[name] for name in texts},
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            district=data["district"] or (bodies[0].district_id if bodies else ""),
            campaign=self.campaigns.get(data["campaign"]),
            institutions=bodies,
            speakers=[self.known[code] for code in data["speakers"]],
        )


def _told(rows: Sequence[Speaker]) -> Choices:
    """Speakers by name, and who is not trained yet or pauses today."""
    now = standing(rows, clock.today())
    untrained, pausing = _("%(name)s (not trained yet)"), _("%(name)s (pauses)")
    found: Choices = []
    for row in rows:
        if now[row.pk].paused_until:
            found.append((row.code, pausing % {"name": row.name}))
        elif not now[row.pk].is_trained:
            found.append((row.code, untrained % {"name": row.name}))
        else:
            found.append((row.code, row.name))
    return found


def found_bodies(text: str) -> list[Institution]:
    """The institutions that fit what was typed: by code, else by words, those so named first."""
    text = text.strip()
    exact = Institution.objects.filter(code=text)[:1]
    if text and (one := list(exact)):
        return one
    rows = list(listing(Places(query=text), clock.today())[:LOOKED]) if text else []
    words = search_words(text)
    return sorted(rows, key=lambda row: not _is_named(row, words))[:SHOWN]


def _is_named(row: Institution, words: Iterable[str]) -> bool:
    """Whether the words stand in its name, not in its address alone: half a town is in one."""
    named = f" {skeleton(f'{row.name_kk} {row.name_ru}')}"
    return all(f" {word}" in named for word in words)


class ReportForm(forms.Form):
    """How it went: one number is enough; the rest helps. Typed on a telephone, after the event."""

    total = forms.IntegerField(
        label=_("How many people came"),
        help_text=_("Everybody in the room, without you."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    is_sure = forms.BooleanField(label=_("Yes, it is so: I have counted"), required=False)
    on = DayField(label=_("Day"))
    starts_at = _time(_("Began at"))
    ends_at = _time(_("Ended at"))
    sheet = UploadField(
        label=_("Attendance sheet"),
        kinds=sheets.KINDS,
        limit=sheets.LIMIT,
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.webp,.heic"}),
        help_text=_(
            "A photograph or a scan, up to 20 MB. It is locked away, opened by few, and forgotten "
            "after 180 days."
        ),
        error_messages={"empty": _("This file is empty. Choose it again.")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        for name, (sex, age) in CELLS.items():
            self.fields[name] = forms.IntegerField(
                label=f"{Sex(sex).label}, {Age(age).label}",
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def cells(self) -> list[dict[str, Any]]:
        """The rows of the little table: an age band with its field for women and for men."""
        rows = []
        for age in AGES:
            fields = [self[f"{sex}-{age}"] for sex in SEXES]
            rows.append({"label": Age(age).label, "fields": fields})
        return rows

    def has_details(self) -> bool:
        """Whether something of the small table was typed, or is wrong: then it stands open."""
        return any(self[name].value() not in (None, "") for name in CELLS)

    def told(self) -> Told:
        """What is written down."""
        data = self.cleaned_data
        cells = {cell: data[name] for name, cell in CELLS.items() if data.get(name) is not None}
        file = data.get("sheet")
        scan = (
            Scan(file.read(), file.content_type or "") if isinstance(file, UploadedFile) else None
        )
        return Told(
            heads=Heads(data["total"], cells),
            on=data["on"],
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            scan=scan,
            is_sure=data["is_sure"],
        )


SEXES = (Sex.FEMALE.value, Sex.MALE.value)
AGES = tuple(age.value for age in Age if age != Age.UNKNOWN)
CELLS: Mapping[str, tuple[str, str]] = {f"{sex}-{age}": (sex, age) for sex in SEXES for age in AGES}
"""Fields of the small table."""


def initial_report(event: Event, heads: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    """What a report begins with: what is known, or what was reported."""
    known = {f"{sex}-{age}": count for (sex, age), count in heads.items()}
    return {
        "total": event.people,
        "on": event.on,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "seen": event.revision,
        **{name: count for name, count in known.items() if name in CELLS},
    }


class ConfirmForm(forms.Form):
    """What shows that the institution agreed."""

    confirmed_by = forms.CharField(
        label=_("Who confirmed it"),
        max_length=160,
        help_text=_("An office or a letter's number, never a person's name."),
    )


class CancelForm(forms.Form):
    """Why it is not held; everybody may read it."""

    reason_kk = forms.CharField(
        label=_("Why, in Kazakh"), max_length=300, help_text=_("Everybody can read it.")
    )
    reason_ru = forms.CharField(label=_("Why, in Russian"), max_length=300, required=False)


class SheetForm(forms.Form):
    """One more sheet."""

    sheet = UploadField(
        label=_("Attendance sheet"),
        kinds=sheets.KINDS,
        limit=sheets.LIMIT,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.webp,.heic"}),
        help_text=_(
            "A photograph or a scan, up to 20 MB. It is locked away, opened by few, and forgotten "
            "after 180 days."
        ),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose it again."),
        },
    )


class PictureForm(forms.Form):
    """A picture, what is seen on it, and whether those seen agreed."""

    file = UploadField(
        label=_("Picture"),
        kinds=PICTURE_KINDS,
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
        help_text=_("JPEG, PNG or WebP. Place, time and telephone are taken out of it."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose it again."),
        },
    )
    alt_kk = forms.CharField(label=_("What is seen on it, in Kazakh"), max_length=300)
    alt_ru = forms.CharField(
        label=_("What is seen on it, in Russian"), max_length=300, required=False
    )
    has_consent = forms.BooleanField(
        label=_("Everybody who can be recognised agreed to be shown"),
        required=False,
        help_text=_("Without it the picture stays at the desk. For children ask their parents."),
    )


class LinkForm(forms.Form):
    """Where others wrote about it."""

    url = forms.CharField(
        label=_("Address of the page"),
        max_length=400,
        widget=forms.URLInput,
    )
    title = forms.CharField(label=_("What is written there"), max_length=200)


class FilterForm(forms.Form):
    """What the list shows."""

    whose = forms.ChoiceField(label=_("Whose events"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    kind = forms.ChoiceField(label=_("What is held"), required=False)
    campaign = forms.ChoiceField(label=_("Campaign"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    first = DayField(label=_("From this day"), required=False)
    until = DayField(label=_("Before this day"), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as Django's own
        districts: Iterable[Territory],
        campaigns: Iterable[Campaign],
        **options: Any,  # noqa: ANN401 - as Django's own
    ) -> None:
        super().__init__(*args, **options)
        everything: Choices = [("", _("all"))]
        _offer(self, "whose", [*everything, ("mine", _("my events"))])
        stages: Choices = [(OPEN, _("all to be reported")), (LATE, _("not reported in time"))]
        _offer(self, "stage", [*everything, *stages, *Stage.choices])
        _offer(self, "kind", [*everything, *EventKind.choices])
        names: Choices = [(row.code, str(words(row, "name"))) for row in campaigns]
        _offer(self, "campaign", [*everything, *names])
        _offer(self, "district", [*everything, *[(u.kato, full_name(u)) for u in districts]])

    def wanted(self, institution: str = "") -> Wanted:
        """What was asked for; a wrong choice counts as none."""
        self.is_valid()
        names = ("whose", "stage", "kind", "campaign", "district")
        chosen: dict[str, Any] = {name: str(self.cleaned_data.get(name) or "") for name in names}
        chosen |= {name: self.cleaned_data.get(name) for name in ("first", "until")}
        return Wanted(**chosen, institution=institution[:24])

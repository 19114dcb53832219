"""Forms of a contract: its terms, indicators, plan and typed facts."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.figures.models import Contract, Indicator
from baqylau.figures.queries.contracts import promisable, published_dimension
from baqylau.figures.rules.spans import Chosen
from baqylau.figures.services.contracts import Promise, Shown, Terms
from baqylau.figures.showing import name_of
from baqylau.files.forms import UploadField
from baqylau.kernel.figures import Figure
from baqylau.web.forms import DayField

LONG = forms.Textarea(attrs={"rows": 3})
SHEET = 20 * 1_048_576
"""Bytes of a document."""
KINDS = frozenset(
    {
        "application/pdf",
        "image/jpeg",
        "image/png",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
MOST_VALUES = 40
"""Groups of a dimension that a list still shows."""
PARTED = "|"


class ContractForm(forms.Form):
    """The terms of a contract, as they stand in it."""

    number = forms.CharField(label=_("Number of the contract"), max_length=60)
    signed_on = DayField(label=_("Signed on"))
    first_on = DayField(label=_("First day"))
    last_on = DayField(label=_("Last day"))
    subject_kk = forms.CharField(label=_("Subject, in Kazakh"), max_length=1_000, widget=LONG)
    subject_ru = forms.CharField(label=_("Subject, in Russian"), max_length=1_000, widget=LONG)
    customer_kk = forms.CharField(label=_("Commissioner, in Kazakh"), max_length=300)
    customer_ru = forms.CharField(label=_("Commissioner, in Russian"), max_length=300)
    contractor_kk = forms.CharField(label=_("Contractor, in Kazakh"), max_length=300)
    contractor_ru = forms.CharField(label=_("Contractor, in Russian"), max_length=300)

    def terms(self) -> Terms:
        """What was typed."""
        return Terms(**self.cleaned_data)


def sources() -> list[tuple[Any, Any]]:
    """What an indicator may be counted from: figures whole, and by groups of short lists."""
    typed = (Promise.TYPED, _("typed in with a document, not recomputable"))
    return [
        ("", _("Choose")),
        typed,
        *((str(each.label), list(_of(each))) for each in promisable().values()),
    ]


def _of(figure: Figure) -> Iterator[tuple[str, Any]]:
    yield figure.code, _("%(figure)s: in all") % {"figure": figure.label}
    for by in figure.dimensions:
        if published_dimension(figure, by.code) and by.values:
            values = list(by.values())[:MOST_VALUES]
            names = by.names(values)
            for value in values:
                yield PARTED.join((figure.code, by.code, value)), names.get(value, value)


class IndicatorForm(forms.Form):
    """An indicator and what it is counted from."""

    order = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=999, initial=1)
    code = forms.CharField(label=_("Code, as in the contract"), max_length=16)
    label_kk = forms.CharField(label=_("Name, in Kazakh"), max_length=300)
    label_ru = forms.CharField(label=_("Name, in Russian"), max_length=300)
    unit_kk = forms.CharField(label=_("Unit, in Kazakh"), max_length=60)
    unit_ru = forms.CharField(label=_("Unit, in Russian"), max_length=60)
    source = forms.CharField(
        label=_("Counted from"),
        error_messages={
            "required": _("Choose what it is counted from: a figure, or typed in with a document.")
        },
        help_text=_("A share is planned in per cent and held against its interval."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        # The service says what is no source, in its own sentence: so no list of choices refuses.
        self.fields["source"].widget = forms.Select(choices=sources())

    def promise(self) -> Promise:
        """What was typed."""
        said = dict(self.cleaned_data)
        source, dimension, value = [*said.pop("source").split(PARTED, 2), "", ""][:3]
        return Promise(**said, source=source, dimension=dimension, value=value)


def as_typed(row: Indicator) -> dict[str, object]:
    """An indicator as its form holds it."""
    names = ("order", "code", "label_kk", "label_ru", "unit_kk", "unit_ru")
    parts = [part for part in (row.figure, row.dimension, row.value) if part]
    return {
        **{name: getattr(row, name) for name in names},
        "source": PARTED.join(parts) or Promise.TYPED,
    }


def as_terms(row: Contract) -> dict[str, object]:
    """A contract as its form holds it."""
    names = [name for name in ContractForm.base_fields if name != "last_on"]
    last = row.until_on.fromordinal(row.until_on.toordinal() - 1)
    return {**{name: getattr(row, name) for name in names}, "last_on": last}


def _periods(chosen: Sequence[Chosen]) -> list[tuple[str, str]]:
    return [(each.code, name_of(each)) for each in chosen]


class PlanForm(forms.Form):
    """What each indicator is to come to in a period; an empty field plans nothing."""

    period = forms.ChoiceField(label=_("Period"))

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as Django's own
        periods: Sequence[Chosen],
        rows: Sequence[tuple[Indicator, str]],
        **options: Any,  # noqa: ANN401 - as Django's own
    ) -> None:
        super().__init__(*args, **options)
        self.fields["period"] = forms.ChoiceField(label=_("Period"), choices=_periods(periods))
        self.keys = [row.pk for row, _label in rows]
        for row, label in rows:
            self.fields[f"amount_{row.pk}"] = forms.DecimalField(
                label=f"{row.code}. {label}", required=False, max_digits=15, decimal_places=2
            )

    def amounts(self) -> Mapping[int, Decimal | None]:
        """What was typed, by the key of the indicator."""
        return {key: self.cleaned_data[f"amount_{key}"] for key in self.keys}


def sheet() -> UploadField:
    """The field for the document that shows something."""
    return UploadField(
        label=_("Document"),
        kinds=KINDS,
        limit=SHEET,
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.jpg,.jpeg,.png"}),
        help_text=_("PDF, DOCX, JPEG or PNG, up to 20 MB. The commissioner does not see the file."),
    )


class ShownForm(forms.Form):
    """Something that a document shows."""

    def shown(self) -> Shown:
        """The document."""
        upload = self.cleaned_data["file"]
        content = upload.read()
        return Shown(self.cleaned_data["document"], content, upload.content_type)


class FactForm(ShownForm):
    """A fact that is typed in."""

    period = forms.ChoiceField(label=_("Period"))
    amount = forms.DecimalField(label=_("Fact"), min_value=0, max_digits=15, decimal_places=2)
    document = forms.CharField(
        label=_("What the document is called"),
        max_length=200,
        help_text=_("It stands in the account: name no person in it."),
    )

    def __init__(self, *args: Any, periods: Sequence[Chosen], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        self.fields["period"] = forms.ChoiceField(label=_("Period"), choices=_periods(periods))
        self.fields["file"] = sheet()

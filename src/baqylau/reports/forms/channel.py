"""What a reporter types in the channel: the receipt, a message, who they are."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.reports.rules.contents import WORDS
from baqylau.seal.digits import LONGEST

LINE = 300
REACH = 1_000
"""Characters of a name or telephone, and of how to reach somebody."""


class Typed(forms.CharField):
    """Words up to a limit; over it they are refused and come back whole, never cut by a browser."""

    def to_python(self, value: Any) -> str:  # noqa: ANN401 - Django's signature
        """With the line ends that people count."""
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002 - Django's
        """Without `maxlength`."""
        return {"autocomplete": "off", "spellcheck": "false"}


class ReceiptForm(forms.Form):
    """The 28 digits, in any digits and with any gaps."""

    receipt = Typed(
        label=_("The 28 digits of your receipt"),
        help_text=_("With or without spaces. The digits are kept nowhere."),
        max_length=LONGEST,
        # Two lines: on a narrow screen all digits can be compared with the paper.
        widget=forms.Textarea(attrs={"rows": 2, "inputmode": "numeric"}),
        error_messages={
            "required": _("Type the digits that stand on your receipt."),
            "max_length": _("A receipt has 28 digits: this is longer."),
        },
    )


class Chooser(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class MessageForm(forms.Form):
    """A message, with files or without."""

    text = Typed(
        label=_("Your message"),
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    papers = forms.FileField(
        label=_("Photos, recordings, papers"),
        help_text=_(
            "Up to 30 MB each. A photo may say where, when and with which phone it was taken, a "
            "paper who wrote it, a recording whose voice it is."
        ),
        required=False,
        widget=Chooser(),
    )

    def clean_papers(self) -> None:
        """The files are looked at one by one, by `forms.evidence.sorted_out`."""


class NameForm(forms.Form):
    """Who the reporter is, as in the form of the report."""

    name = Typed(
        label=_("Your name"),
        max_length=LINE,
        error_messages={"required": _("Type your name, or leave this closed.")},
    )
    phone = Typed(label=_("Telephone"), required=False, max_length=LINE)
    reach = Typed(
        label=_("How and when can you be reached safely?"),
        required=False,
        max_length=REACH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EndForm(forms.Form):
    """Closing it, on purpose."""

    sure = forms.BooleanField(
        label=_("Yes, close it"),
        error_messages={"required": _("Tick this if you really want to close it.")},
    )

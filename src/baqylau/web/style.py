"""The style page: every component of the face in every state, with invented words."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from baqylau.kernel import clock
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import DayField

ROWS = 1_237
PER_PAGE = 50


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        required=False,
        help_text=gettext_lazy("As you dial it."),
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    story = forms.CharField(
        label=gettext_lazy("What happened"),
        help_text=gettext_lazy("In your own words."),
        widget=forms.Textarea,
    )
    district = forms.ChoiceField(
        label=gettext_lazy("District"),
        choices=[("", "—"), ("1", "Тараз"), ("2", "Талас"), ("3", "Мойынқұм")],
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")],
        widget=forms.RadioSelect,
    )
    papers = forms.MultipleChoiceField(
        label=gettext_lazy("Papers in hand"),
        required=False,
        choices=[("1", gettext_lazy("Identity card")), ("2", gettext_lazy("Receipt slip"))],
        widget=forms.CheckboxSelectMultiple,
    )
    on = DayField(label=gettext_lazy("Day"))
    file = forms.FileField(label=gettext_lazy("Scan"), required=False)
    agrees = forms.BooleanField(label=gettext_lazy("You may call me back"))


@require_safe
@desk()
def style(request: DeskRequest) -> HttpResponse:
    """Show the components; nothing here is stored."""
    today = clock.today()
    messages.success(request, _("Saved."))
    messages.info(request, _("The calendar of 2027 is not confirmed yet."))
    messages.warning(request, _("A colleague has changed this card since you opened it."))
    messages.error(request, _("The letter was not sent."))
    paginator = Paginator(range(1, ROWS + 1), PER_PAGE)
    wrong = SampleForm({"name": "", "on": "31.02.2026", "language": "tr"}, auto_id="wrong_%s")
    context = {
        "form": SampleForm(auto_id="right_%s", initial={"on": today}),
        "wrong": wrong,
        "page": paginator.get_page(request.GET.get("page")),
        "today": today,
        "due": today + timedelta(days=5),
        "late": today - timedelta(days=3),
    }
    return render(request, "web/style.html", context)

"""How a form is drawn, and what happens to what somebody typed."""

import re
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from baqylau.kernel.errors import DomainError
from baqylau.web import forms as forms_of_web
from baqylau.web.forms import DayField, DayInput, add_refusal


class Sample(forms.Form):
    """A field of each way of drawing."""

    name = forms.CharField(label="Name", help_text="As in the card.", max_length=3)
    phone = forms.CharField(
        label="Phone",
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
    )
    language = forms.ChoiceField(
        label="Language", choices=[("kk", "Kazakh"), ("ru", "Russian")], widget=forms.RadioSelect
    )
    on = forms.DateField(label="Day", widget=DayInput)
    agrees = forms.BooleanField(label="Agrees")
    token = forms.CharField(widget=forms.HiddenInput, initial="t")


def test_a_form_without_errors_has_no_summary() -> None:
    assert "summary" not in str(Sample())


def test_the_summary_names_every_wrong_field_and_leads_to_its_control() -> None:
    html = str(Sample({"name": "Айгүл", "on": "x", "token": "t"}))
    targets = re.findall(r'<a href="#([^"]+)">', html)
    assert targets == ["id_name", "id_language_0", "id_on", "id_agrees"]
    for target in targets:
        assert len(re.findall(rf'<(?:input|select|textarea)[^>]* id="{target}"', html)) == 1


def test_the_summary_takes_the_focus_without_a_script() -> None:
    assert re.search(r'class="summary"[^>]*tabindex="-1"[^>]*autofocus', str(Sample({})))


def test_an_error_and_a_hint_are_read_out_with_their_field() -> None:
    html = str(Sample({"name": ""}))
    described = re.search(r'name="name"[^>]*aria-describedby="([^"]+)"', html)
    assert described
    for name in described[1].split():
        assert html.count(f'id="{name}"') == 1
    assert 'aria-describedby="id_language_error"' in html


def test_radios_stand_in_a_fieldset_with_a_legend() -> None:
    html = str(Sample())
    assert re.search(r"<fieldset.*?<legend>Language</legend>.*?type=\"radio\"", html, re.DOTALL)


def test_a_tick_stands_before_its_words() -> None:
    html = str(Sample())
    assert html.index('id="id_agrees"') < html.index('<label for="id_agrees">')


def test_only_what_may_be_left_empty_says_so() -> None:
    assert str(Sample()).count('class="optional"') == 1


def test_the_kind_of_keyboard_and_the_memory_of_the_browser_pass_through() -> None:
    html = str(Sample())
    assert 'inputmode="tel"' in html
    assert 'autocomplete="tel"' in html


def test_a_refusal_stands_beside_its_field() -> None:
    form = Sample({"name": "Aya"})
    add_refusal(form, DomainError("Taken.", field="name"))
    assert form.errors["name"] == ["Taken."]


def test_a_refusal_about_no_field_of_the_form_stands_above_it() -> None:
    form = Sample({"name": "Aya"})
    add_refusal(form, DomainError("Too late.", field="elsewhere"))
    assert "<li>Too late.</li>" in str(form)


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_day_is_shown_as_browsers_want_it(day: date) -> None:
    for value in (day, day.isoformat(), day.strftime("%d.%m.%Y")):
        html = DayInput().render("on", value)
        assert f'value="{day.isoformat()}"' in html
        assert 'type="date"' in html


@pytest.mark.parametrize("typed", ["31.02.2026", "ертең", "2026"])
def test_what_is_no_day_stays_readable_in_a_plain_field(typed: str) -> None:
    html = DayInput().render("on", typed)
    assert f'value="{typed}"' in html
    assert 'type="text"' in html


def test_an_empty_day_is_a_day_field() -> None:
    assert 'type="date"' in DayInput().render("on", None)


def test_a_hint_is_text_and_no_markup() -> None:
    class Hinted(forms.Form):
        name = forms.CharField(help_text="<script>alert(1)</script>")

    page = str(Hinted())
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


class Dated(forms.Form):
    """A day."""

    on = DayField()


@pytest.mark.parametrize(
    "typed", ["30.02.2026", "2026-02-30", "31/04/2026", "32.13.2026", "29.02.2025"]
)
def test_a_day_that_no_calendar_has_is_told_from_another_spelling(typed: str) -> None:
    with translation.override("en"):
        (said,) = Dated({"on": typed}).errors["on"]
        (other,) = Dated({"on": "ертең"}).errors["on"]
    assert "no such day" in said
    assert "no such day" not in other
    assert typed in str(Dated({"on": typed}))


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_read_in_each_spelling(day: date) -> None:
    for typed in (day.isoformat(), f"{day.day:02}.{day.month:02}.{day.year}", f"{day:%d/%m/%Y}"):
        form = Dated({"on": typed})
        assert form.is_valid()
        assert form.cleaned_data["on"] == day


@given(st.text(max_size=20))
def test_whatever_is_typed_as_a_day_gets_one_sentence(typed: str) -> None:
    form = Dated({"on": typed})
    assert form.is_valid() or len(form.errors["on"]) == 1


def test_every_field_for_a_day_knows_which_days_there_are() -> None:
    source = Path(forms_of_web.__file__).parents[1]
    plain = [path for path in source.rglob("*.py") if "forms.DateField" in path.read_text()]
    assert plain == [source / "web" / "forms.py"]

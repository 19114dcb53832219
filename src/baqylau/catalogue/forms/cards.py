"""The editing form of a card: what holds for all languages, and one part for each."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from baqylau.catalogue.labels import PART_LABELS
from baqylau.catalogue.models import Act, Language
from baqylau.catalogue.queries.readings import Reading
from baqylau.catalogue.rules.references import (
    UnreadableReferenceError,
    read_references,
    read_rules,
    write_references,
)
from baqylau.catalogue.rules.wording import (
    LANGUAGES,
    LIST_PARTS,
    PARTS,
    SOURCE_LANGUAGE,
    TITLE_LIMIT,
    Wording,
    wording,
)
from baqylau.catalogue.services.writing import Content
from baqylau.web.forms import DayField

REASONS: Mapping[str, Any] = {
    "unknown_act": _("“%(line)s”: this act is not in the list of acts."),
    "article": _("“%(line)s”: the article cannot be read."),
    "rule": _("“%(line)s”: this is not a rule's code."),
    "too_many": _("“%(line)s”: there are too many lines."),
}


def _unreadable(error: UnreadableReferenceError) -> forms.ValidationError:
    return forms.ValidationError(REASONS[error.reason], params={"line": error.line[:80]})


class FactsForm(forms.Form):
    """What holds for the card in every language."""

    as_of = DayField(
        label=_("True as of"),
        help_text=_("The day on which you found it to be so."),
    )
    source = forms.CharField(
        label=_("Where this comes from"),
        help_text=_("One note for all, or a line for each language: kk: …, ru: …, en: …"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    law = forms.CharField(
        label=_("References to the law"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: the act's key, then a bar and the article."),
    )
    rules = forms.CharField(
        label=_("Rules that the card names"),
        required=False,
        max_length=800,
        help_text=_("Codes of the rules of terms, for instance app.answer"),
    )

    def clean_law(self) -> list[dict[str, str]]:
        """References as data. Raises: ValidationError that names the line."""
        acts = frozenset(Act.objects.values_list("key", flat=True))
        try:
            return read_references(self.cleaned_data["law"], acts)
        except UnreadableReferenceError as error:
            raise _unreadable(error) from error

    def clean_rules(self) -> list[str]:
        """Rule codes as data. Raises: ValidationError that names the code."""
        try:
            return read_rules(self.cleaned_data["rules"])
        except UnreadableReferenceError as error:
            raise _unreadable(error) from error


class TextForm(forms.Form):
    """The card's words in one language; the prefix is the language's code."""

    def __init__(
        self,
        kind: str,
        language: str,
        data: QueryDict | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, prefix=language, initial=initial)
        self.kind = kind
        self.language = Language(language)
        for part in PARTS[kind]:
            self.fields[part] = _part_field(part, language)
        if language != SOURCE_LANGUAGE:
            self.fields["agrees"] = forms.BooleanField(
                label=_("This text agrees with the Kazakh text"),
                required=False,
                help_text=_("Tick it when the Kazakh text changed and these words need no change."),
            )

    def words(self) -> Wording:
        """What was typed, tidied."""
        return wording(self.cleaned_data, self.kind)


def _part_field(part: str, language: str) -> forms.CharField:
    attrs = {"lang": language}
    if part == "title":
        return forms.CharField(
            label=PART_LABELS[part],
            required=False,
            max_length=TITLE_LIMIT,
            widget=forms.TextInput(attrs=attrs),
        )
    is_list = part in LIST_PARTS
    rows = "6" if is_list else "4"
    return forms.CharField(
        label=PART_LABELS[part],
        required=False,
        help_text=_("One a line.") if is_list else "",
        max_length=25_000,
        widget=forms.Textarea(attrs={**attrs, "rows": rows}),
    )


class CardForm:
    """The whole form: facts, then one part for each language."""

    def __init__(
        self,
        kind: str,
        *,
        data: QueryDict | None = None,
        initial: Mapping[str, dict[str, Any]] | None = None,
    ) -> None:
        first = initial or {}
        self.facts = FactsForm(data, initial=first.get("facts"))
        self.parts = [TextForm(kind, language, data, first.get(language)) for language in LANGUAGES]

    def is_valid(self) -> bool:
        """Whether every part can be read; all are asked, so that all mistakes show at once."""
        answers = [form.is_valid() for form in (self.facts, *self.parts)]
        return all(answers)

    @property
    def has_errors(self) -> bool:
        """Whether something is wrong in any part."""
        return any(form.errors for form in (self.facts, *self.parts))

    def part(self, language: str) -> TextForm:
        """The part of the language."""
        return self.parts[LANGUAGES.index(language)]

    def content(self) -> Content:
        """What was typed, as the service takes it."""
        facts = self.facts.cleaned_data
        return Content(
            as_of=facts["as_of"],
            source=facts["source"],
            law=facts["law"],
            rules=facts["rules"],
            texts={form.language.value: form.words() for form in self.parts},
            agreeing=frozenset(
                form.language.value for form in self.parts if form.cleaned_data.get("agrees")
            ),
        )


def initial_of(readings: Mapping[str, Reading]) -> dict[str, dict[str, Any]]:
    """What the form is filled with: readings of one version by language, fallbacks left out."""
    found: dict[str, dict[str, Any]] = {}
    for language, one in readings.items():
        version = one.version
        found["facts"] = {
            "as_of": version.as_of,
            "source": version.source,
            "law": write_references(version.law),
            "rules": " ".join(version.rules),
        }
        if not one.is_fallback:
            found[language] = {
                part: "\n".join(value) if isinstance(value, tuple) else value
                for part in PARTS[one.card.kind]
                for value in [getattr(one.text, part)]
            }
    return found


class TitleForm(forms.Form):
    """The Kazakh title of a new law card."""

    title = forms.CharField(label=_("Kazakh title"), max_length=TITLE_LIMIT)


class CheckForm(forms.Form):
    """A lawyer's name, as it will stand on the card."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("It will stand on the public card, with today's date."),
    )

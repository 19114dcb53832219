"""Loading the shipped rules, calendar and letters; what a person has changed is left alone."""

from hashlib import sha256
from importlib import resources

from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.kernel.access import SYSTEM
from baqylau.law.calendar import Calendar
from baqylau.law.rule_table import shipped_rules
from baqylau.law.rules import Rule
from baqylau.law.seed import fingerprint, seeded_calendar
from baqylau.law.tables import shipped_lines
from baqylau.lawbook.labels import LETTERS
from baqylau.lawbook.models import (
    CalendarChange,
    CalendarDay,
    CalendarYear,
    Edition,
    LetterTemplate,
    LetterTemplateVersion,
    RuleVersion,
)
from baqylau.lawbook.queries.letters import LETTER_LANGUAGES
from baqylau.lawbook.queries.versions import columns_of, rule_of
from baqylau.lawbook.services.editions import Outcome, changing

Letter = tuple[str, str]
"""Code and language of a letter."""


def shipped_letter(code: str, language: str) -> tuple[str, str]:
    """Return the title and the body of a letter as it ships: the first line, then the rest."""
    file = resources.files("baqylau.lawbook").joinpath("seed", "letters", f"{code}.{language}.txt")
    title, _gap, body = file.read_text(encoding="utf-8").partition("\n\n")
    return title.strip(), body.strip()


def shipped_letters() -> dict[Letter, tuple[str, str]]:
    """Return every letter that ships, by code and language."""
    return {
        (code, language): shipped_letter(code, language)
        for code in LETTERS
        for language in LETTER_LANGUAGES
    }


def print_of_shipped() -> str:
    """Return the fingerprint of everything that ships, without building any of it."""
    parts = [fingerprint(), *shipped_lines("rules.tsv")]
    parts += [text for letter in shipped_letters().values() for text in letter]
    return sha256("\n".join(parts).encode()).hexdigest()


def seed() -> str:
    """Load what ships, once for each state of the shipped tables; returns a line about it."""
    shipped = print_of_shipped()
    if Edition.objects.filter(id=1, seeded_with=shipped).exists():
        return _("up to date")
    with transaction.atomic(), changing(actor=SYSTEM) as outcome:
        rules = _seed_rules(outcome)
        days = _seed_calendar(seeded_calendar())
        letters = _seed_letters(outcome)
        Edition.objects.filter(id=1).update(seeded_with=shipped)
        outcome.told("lawbook.seeded", "", rules=rules, days=days, letters=letters)
    return _("rules: %(rules)s, days: %(days)s, letters: %(letters)s") % {
        "rules": rules,
        "days": days,
        "letters": letters,
    }


def _seed_rules(outcome: Outcome) -> int:
    """Enter the rules that are new, and those that ship otherwise and nobody has touched."""
    kept: dict[str, list[RuleVersion]] = {}
    for row in RuleVersion.objects.order_by("number"):
        kept.setdefault(row.rule_id, []).append(row)
    shipped: dict[str, list[Rule]] = {}
    for rule in shipped_rules():
        shipped.setdefault(rule.rule_id, []).append(rule)
    fresh = {
        rule_id: rules
        for rule_id, rules in shipped.items()
        if _is_ours_to_write(rules, kept.get(rule_id, []))
    }
    RuleVersion.objects.standing().filter(rule_id__in=fresh).update(replaced_at=outcome.changed_at)
    rows = [
        RuleVersion(
            **columns_of(rule),
            number=number,
            created_by=SYSTEM.key,
            created_at=outcome.changed_at,
        )
        for rule_id, rules in fresh.items()
        for number, rule in enumerate(rules, start=len(kept.get(rule_id, [])) + 1)
    ]
    RuleVersion.objects.bulk_create(rows)
    return len(rows)


def _is_ours_to_write(rules: list[Rule], rows: list[RuleVersion]) -> bool:
    if any(row.created_by != SYSTEM.key or row.verified_by for row in rows):
        return False
    return set(rules) != {rule_of(row) for row in rows if row.replaced_at is None}


def _seed_calendar(shipped: Calendar) -> int:
    """Write the years in which nobody has changed anything; returns the days written."""
    touched = set(CalendarChange.objects.values_list("year", flat=True))
    years = [row for year, row in shipped.years.items() if year not in touched]
    numbers = {row.year for row in years}
    days = [day for day in shipped.days.values() if day.on.year in numbers]
    CalendarDay.objects.filter(on__year__in=numbers).delete()
    CalendarYear.objects.filter(year__in=numbers).delete()
    CalendarYear.objects.bulk_create(
        [CalendarYear(year=r.year, is_confirmed=r.is_confirmed, decree=r.source) for r in years]
    )
    CalendarDay.objects.bulk_create(
        [
            CalendarDay(
                on=day.on,
                kind=day.kind.value,
                reason_kk=day.reason.kk,
                reason_ru=day.reason.ru,
                reason_en=day.reason.en,
                source=day.source,
                is_estimated=day.is_estimated,
            )
            for day in days
        ]
    )
    return len(days)


def _seed_letters(outcome: Outcome) -> int:
    """Enter the letters that are new, and those that ship otherwise and nobody has touched."""
    LetterTemplate.objects.bulk_create(
        [LetterTemplate(code=code) for code in LETTERS], ignore_conflicts=True
    )
    kept: dict[Letter, list[LetterTemplateVersion]] = {}
    for row in LetterTemplateVersion.objects.order_by("number"):
        kept.setdefault((row.template_id, row.language), []).append(row)
    fresh = [
        LetterTemplateVersion(
            template_id=code,
            language=language,
            number=len(kept.get((code, language), [])) + 1,
            title=title,
            body=body,
            created_by=SYSTEM.key,
            created_at=outcome.changed_at,
        )
        for (code, language), (title, body) in shipped_letters().items()
        if _is_letter_ours(kept.get((code, language), []), title, body)
    ]
    LetterTemplateVersion.objects.bulk_create(fresh)
    return len(fresh)


def _is_letter_ours(rows: list[LetterTemplateVersion], title: str, body: str) -> bool:
    if any(row.created_by != SYSTEM.key or row.verified_by for row in rows):
        return False
    return not rows or (rows[-1].title, rows[-1].body) != (title, body)

"""A deadline explained in words: where it comes from, what was counted, what follows."""

from collections.abc import Callable, Iterable, Iterator

from baqylau.law import sentences
from baqylau.law.amounts import amount_in_words
from baqylau.law.calendar import ONE_DAY, Day, DayKind
from baqylau.law.dates import date_in_words
from baqylau.law.deadline import Deadline
from baqylau.law.rules import Reading
from baqylau.law.standing import Standing, State
from baqylau.law.words import Language


def _runs(days: Iterable[Day]) -> list[list[Day]]:
    """Group days by date into runs of neighbours that share a reason."""
    runs: list[list[Day]] = []
    for day in sorted(days, key=lambda each: each.on):
        last = runs[-1][-1] if runs else None
        if last and day.on - last.on == ONE_DAY and day.reason == last.reason:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _run_in_words(run: list[Day], language: Language) -> str:
    reason = run[0].reason.in_language(language)
    first, last = (date_in_words(day.on, language) for day in (run[0], run[-1]))
    if len(run) == 1:
        return sentences.DAY_AND_REASON.fill(language, reason=reason, date=first)
    return sentences.RUN_AND_REASON.fill(language, reason=reason, first=first, last=last)


def _days_in_words(days: Iterable[Day], language: Language) -> str:
    return "; ".join(_run_in_words(run, language) for run in _runs(days))


def _rule(deadline: Deadline, language: Language) -> Iterator[str]:
    """Say what the rule is, where it stands and who owes what."""
    rule = deadline.rule
    name = rule.name.in_language(language)
    amount = amount_in_words(rule.amount, rule.unit, language)
    pattern = sentences.TERM_BACK if rule.is_counted_back else sentences.TERM
    if rule.amount == 0:
        pattern = sentences.TERM_SAME_DAY
    yield pattern.fill(language, name=name, amount=amount)
    basis = sentences.BASIS if rule.article else sentences.BASIS_NO_ARTICLE
    yield basis.fill(language, act=rule.act.in_language(language), article=rule.article)
    yield sentences.WHO.fill(language, who=rule.who.in_language(language))


def _start(deadline: Deadline, language: Language) -> Iterator[str]:
    """Say what happened when, and which day that counts as."""
    trigger = deadline.rule.trigger.in_language(language)
    on = date_in_words(deadline.start_on, language)
    yield sentences.EVENT.fill(language, trigger=trigger, date=on)
    if deadline.counts_from == deadline.start_on:
        return
    counts_from = date_in_words(deadline.counts_from, language)
    if deadline.is_after_hours:
        yield sentences.RECEIVED_AFTER_HOURS.fill(language, date=counts_from)
    else:
        reason = deadline.waited[0].reason.in_language(language)
        yield sentences.RECEIVED_ON_DAY_OFF.fill(language, reason=reason, date=counts_from)


def _count(deadline: Deadline, language: Language) -> Iterator[str]:
    """Say where the count began and which days it left out or took in."""
    term = deadline.term
    if term.first_on is not None:
        is_back = deadline.rule.is_counted_back
        pattern = sentences.FIRST_DAY_BACK if is_back else sentences.FIRST_DAY
        yield pattern.fill(language, date=date_in_words(term.first_on, language))
    weekends = [day for day in term.skipped if day.kind is DayKind.WEEKEND]
    others = [day for day in term.skipped if day.kind is not DayKind.WEEKEND]
    if weekends:
        yield sentences.WEEKENDS.fill(language, count=len(weekends))
    if others:
        days = _days_in_words(others, language)
        yield sentences.DAYS_OFF.fill(language, days=days)
    if term.worked:
        yield sentences.WORKED.fill(language, days=_days_in_words(term.worked, language))


def _end(deadline: Deadline, language: Language) -> Iterator[str]:
    """Say how the end of the term was moved, and what the last day is."""
    term = deadline.term
    if term.is_month_cut:
        yield sentences.MONTH_CUT.fill(language, date=date_in_words(term.nominal_on, language))
    if term.rolled:
        is_back = deadline.rule.is_counted_back
        pattern = sentences.ROLLED_BACK if is_back else sentences.ROLLED
        yield pattern.fill(language, days=_days_in_words(term.rolled, language))
    for applied in deadline.extensions:
        yield sentences.EXTENDED.fill(
            language,
            name=applied.extension.rule.name.in_language(language),
            decided=date_in_words(applied.extension.decided_on, language),
            was=date_in_words(applied.previous_due_on, language),
            until=date_in_words(applied.due_on, language),
        )
    yield sentences.DUE.fill(language, date=date_in_words(deadline.due_on, language))
    yield deadline.rule.passes.in_language(language)


def caveats(deadline: Deadline, language: Language) -> list[str]:
    """Say what may be wrong with a due date; never empty while no lawyer has checked its rules."""
    said: list[str] = []
    if deadline.unconfirmed_years:
        years = ", ".join(str(year) for year in deadline.unconfirmed_years)
        said.append(sentences.UNCONFIRMED.fill(language, years=years))
    if deadline.is_before_act and deadline.rule.adopted_on is not None:
        adopted = date_in_words(deadline.rule.adopted_on, language)
        said.append(sentences.BEFORE_ACT.fill(language, date=adopted))
    unchecked = [rule for rule in deadline.rules if not rule.is_verified]
    if any(rule.reading is Reading.MEMORY for rule in unchecked):
        said.append(sentences.FROM_MEMORY.in_language(language))
    if unchecked:
        said.append(sentences.UNVERIFIED.in_language(language))
    return said


PARTS: tuple[Callable[[Deadline, Language], Iterable[str]], ...] = (
    _rule,
    _start,
    _count,
    _end,
)


def account(deadline: Deadline, language: Language) -> list[str]:
    """Return how a deadline came about, sentence by sentence, the caveats left out."""
    return [sentence for part in PARTS for sentence in part(deadline, language)]


def explain(deadline: Deadline, language: Language) -> str:
    """Explain a deadline in full, caveats included, as one paragraph."""
    return " ".join([*account(deadline, language), *caveats(deadline, language)])


def standing_in_words(standing: Standing, language: Language) -> str:
    """Say how many days are left or overdue: «Қалғаны: 4 жұмыс күні.»."""
    if standing.state is State.DUE_TODAY:
        return sentences.DUE_TODAY.in_language(language)
    if standing.state is State.OVERDUE and standing.days == 0:
        return sentences.OVERDUE_NO_WORKING_DAY.in_language(language)
    amount = amount_in_words(standing.days, standing.unit, language)
    pattern = sentences.LEFT if standing.state is State.RUNNING else sentences.OVERDUE
    return pattern.fill(language, amount=amount)

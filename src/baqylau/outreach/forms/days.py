"""The last day of a span, as people say it."""

from datetime import date, datetime, timedelta
from typing import Any

from baqylau.kernel.period import day_before
from baqylau.web.forms import DayField


class LastDayField(DayField):
    """The last day is typed and shown; the value is the day after it, with which the span ends."""

    def to_python(self, value: str | datetime | date | None) -> date | None:
        """The day after the typed one. Raises: ValidationError."""
        last = super().to_python(value)
        return last + timedelta(days=1) if last else None

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - as Django's own
        """The end of a span as its last day; what was typed as it was typed."""
        return day_before(value) if isinstance(value, date) else value

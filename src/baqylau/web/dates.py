"""Days within sentences that are put together before anybody reads them."""

from django.utils.formats import date_format
from django.utils.functional import lazy

said_day = lazy(date_format, str)
"""A day in words, in the language of whoever reads the sentence; said when it is read."""

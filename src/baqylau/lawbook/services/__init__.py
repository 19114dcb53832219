"""Everything that writes rules, calendar and letters."""

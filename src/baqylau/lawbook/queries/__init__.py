"""Everything that reads rules, calendar and letters."""

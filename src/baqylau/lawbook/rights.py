"""The codes of this room's actions."""

SEE = "lawbook.see"
EDIT = "lawbook.edit"
CALENDAR = "lawbook.calendar"

"""The roles of a programme of civic oversight. Codes are stable; labels live in `staff`."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is in the programme. One person may hold several."""

    ADVISER = "adviser"
    LAWYER = "lawyer"
    INTAKE_OFFICER = "intake_officer"
    CUSTODIAN = "custodian"
    COORDINATOR = "coordinator"
    SHOPPER = "shopper"
    SURVEYOR = "surveyor"
    LECTURER = "lecturer"
    SECRETARY = "secretary"
    MEMBER = "member"
    OFFICIAL = "official"
    """The commissioner's official: aggregates only."""
    EDITOR = "editor"
    """Cards, news, aliases."""
    ADMINISTRATOR = "administrator"
    """Accounts, settings, backups; no case content and no reports."""


STAFF = frozenset(Role) - {Role.OFFICIAL}
"""Everybody who works for the programme; the commissioner's official only reads its accounts."""

"""Everything that writes about people who agreed to be known."""

from baqylau.contacts.services.consent import give_consent, withdraw
from baqylau.contacts.services.counting import count_answers
from baqylau.contacts.services.erasing import erase, forget, keep_to_the_rule
from baqylau.contacts.services.identity import (
    Identity,
    Reason,
    act_for,
    change,
    find_by_phone,
    open_contact,
    prolong,
    reveal,
    still_open,
)
from baqylau.contacts.services.rotation import begin_anew, rotate
from baqylau.contacts.services.texts import publish_text

__all__ = [
    "Identity",
    "Reason",
    "act_for",
    "begin_anew",
    "change",
    "count_answers",
    "erase",
    "find_by_phone",
    "forget",
    "give_consent",
    "keep_to_the_rule",
    "open_contact",
    "prolong",
    "publish_text",
    "reveal",
    "rotate",
    "still_open",
    "withdraw",
]

"""Accounts of the training site: one for each role, a second intake officer, known passphrases."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.kernel.errors import DomainError
from baqylau.kernel.roles import Role
from baqylau.staff import services
from baqylau.staff.labels import ROLE_LABELS
from baqylau.staff.models import User

PASSPHRASE = "zhusan iisi dalada"  # noqa: S105 - printed for everybody who tries the training site
PIN = "2017"
DOMAIN = "example.org"

PEOPLE: tuple[tuple[str, str, str], ...] = (
    ("adviser", "Айгүл Серікова", Role.ADVISER),
    ("lawyer", "Ерлан Бекжанов", Role.LAWYER),
    ("officer1", "Гүлнар Омарова", Role.INTAKE_OFFICER),
    ("officer2", "Тимур Қасымов", Role.INTAKE_OFFICER),
    ("custodian", "Сәуле Жұмабаева", Role.CUSTODIAN),
    ("coordinator", "Данияр Әбілов", Role.COORDINATOR),
    ("shopper", "Мадина Нұрланова", Role.SHOPPER),
    ("surveyor", "Асхат Төлегенов", Role.SURVEYOR),
    ("lecturer", "Жанна Ибраева", Role.LECTURER),
    ("secretary", "Бауыржан Сейітов", Role.SECRETARY),
    ("member", "Роза Қалиева", Role.MEMBER),
    ("official", "Нұржан Ахметов", Role.OFFICIAL),
    ("editor", "Әсель Мұратова", Role.EDITOR),
    ("administrator", "Руслан Хасенов", Role.ADMINISTRATOR),
)
"""Invented people: (first part of the address, name, role)."""


def load(_seed: int, _scale: int, progress: Callable[[int, int], None]) -> int:
    """Open the accounts that are missing; returns how many there are.

    Raises: DomainError on a production site.
    """
    if not settings.IS_TRAINING:
        raise DomainError("training accounts belong on a training site only", code="production")
    # Two hashes for all of them: they share one passphrase, and hashing is slow on purpose.
    hashes = {"password": make_password(PASSPHRASE), "pin": make_password(PIN)}
    for done, (first, name, role) in enumerate(PEOPLE, start=1):
        _open(f"{first}@{DOMAIN}", name, role, hashes)
        progress(done, len(PEOPLE))
    return len(PEOPLE)


@transaction.atomic
def _open(email: str, name: str, role: str, hashes: dict[str, Any]) -> None:
    if not User.objects.filter(email=email).exists():
        user = services.open_account(
            email=email, name=name, language="kk", roles=[role], actor=services.SYSTEM
        )
        User.objects.filter(pk=user.pk).update(**hashes)


def notes() -> Sequence[str]:
    """What `run` prints: who can be tried, and how to come in."""
    width = max(len(first) for first, _name, _role in PEOPLE) + len(DOMAIN) + 1
    lines = [
        f"  {first + '@' + DOMAIN:{width}}  {ROLE_LABELS[role]}" for first, _name, role in PEOPLE
    ]
    common = _("Passphrase of all: %(passphrase)s (PIN %(pin)s)") % {
        "passphrase": PASSPHRASE,
        "pin": PIN,
    }
    return [_("Training accounts:"), *lines, common]

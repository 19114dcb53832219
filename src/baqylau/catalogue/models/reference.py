"""What the other tables lean on: languages, acts of law, and the catalogue's own revision."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """The languages of the house; Kazakh is the one that texts are written in first."""

    KAZAKH = "kk", _("Kazakh")
    RUSSIAN = "ru", _("Russian")
    ENGLISH = "en", _("English")


class Act(models.Model):
    """An act of law that cards refer to by `key`; its name in three languages.

    `was_read` tells whether an excerpt of the act was read when the name was entered.
    """

    key = models.CharField(max_length=80, unique=True)
    name_kk = models.CharField(max_length=300)
    name_ru = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    was_read = models.BooleanField(default=False)
    seed_mark = models.CharField(max_length=16, blank=True)

    def __str__(self) -> str:
        return self.key


class Revision(models.Model):
    """How often a part of the catalogue has changed: what is built from it in memory compares."""

    part = models.CharField(max_length=24, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.part} {self.number}"

"""Everyday words that lead to services, and the words that led nowhere."""

from django.db import models
from django.db.models import Q

from baqylau.catalogue.models.public_services import PublicService
from baqylau.catalogue.models.reference import Language


class ServiceAlias(models.Model):
    """What residents call a service. A removed alias stays, so that no starter set revives it."""

    service = models.ForeignKey(PublicService, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, choices=Language.choices)
    text = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    class Meta:
        """An alias stands once for a service and a language."""

        constraints = (
            models.UniqueConstraint(fields=["service", "language", "text"], name="alias_once"),
            models.CheckConstraint(condition=~Q(text=""), name="alias_says_something"),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="alias_language_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.text


class MissedQuery(models.Model):
    """How often in a day the words found nothing; nothing about who asked."""

    text = models.CharField(max_length=60)
    day = models.DateField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        """One row a text and day."""

        constraints = (
            models.UniqueConstraint(fields=["text", "day"], name="missed_query_a_day"),
            models.CheckConstraint(
                condition=~Q(text="") & Q(count__gte=1), name="missed_query_says_something"
            ),
        )

    def __str__(self) -> str:
        return f"{self.text} {self.count}"

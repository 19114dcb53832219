"""What the administrator has set at the desk; what is not here has its value from the file."""

from typing import ClassVar

from django.db import models

from baqylau.web.rules import Name


class SiteSetting(models.Model):
    """One setting that was changed at the desk."""

    name = models.CharField(max_length=32, choices=[(name.value, name.value) for name in Name])
    value = models.CharField(max_length=300)

    objects: ClassVar[models.Manager["SiteSetting"]] = models.Manager()

    class Meta:
        """Each setting once, and none of them empty."""

        constraints = [
            models.UniqueConstraint(fields=["name"], name="web_setting_once"),
            models.CheckConstraint(
                condition=models.Q(name__in=[name.value for name in Name]), name="web_setting_known"
            ),
            models.CheckConstraint(condition=~models.Q(value=""), name="web_setting_said"),
        ]

    def __str__(self) -> str:
        return self.name

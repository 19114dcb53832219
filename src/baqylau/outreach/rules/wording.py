"""What everybody may read holds no telephone and no number of a person."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from baqylau.kernel.errors import DomainError
from baqylau.text.personal import personal


def faults(texts: Mapping[str, str]) -> Iterator[DomainError]:
    """A refusal for each field whose text holds one."""
    for field, text in texts.items():
        if personal(text):
            yield DomainError(
                _("A telephone or a person's number does not belong here."),
                code="personal",
                field=field,
            )

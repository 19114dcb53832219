"""What the tables of the module have in common: cells with a council."""

from django.utils.translation import gettext_lazy as _

from baqylau.councils.models import Council
from baqylau.documents.tables import normal_heading
from baqylau.kernel.errors import DomainError


class Councils:
    """Councils by code and by each of their names."""

    def __init__(self) -> None:
        self._known: dict[str, Council | None] = {}
        for council in Council.objects.order_by("pk"):
            self._known[council.code] = council
            for name in {council.name_kk, council.name_ru, council.name_en} - {""}:
                key = normal_heading(name)
                self._known[key] = None if key in self._known else council

    def find(self, text: str) -> Council:
        """The council of a cell. Raises: DomainError."""
        key = text.strip() if text.strip() in self._known else normal_heading(text)
        found = self._known.get(key)
        if found is None:
            sentence = _("Several councils have this name: write the code.")
            if key not in self._known:
                sentence = _("No council has this name or code.")
            raise DomainError(sentence, field="council")
        return found

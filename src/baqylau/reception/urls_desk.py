"""Desk pages of the reception."""

from django.urls import path, register_converter

from baqylau.reception.views import consultation


class Reference:
    """A consultation's number in an address: 2026-000123."""

    regex = r"20\d\d-\d{1,7}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(Reference, "consultation")

urlpatterns = [
    # One consultation
    path("reception/<consultation:reference>/", consultation.consultation, name="consultation"),
    path(
        "reception/<consultation:reference>/strike/",
        consultation.strike,
        name="consultation_strike",
    ),
]

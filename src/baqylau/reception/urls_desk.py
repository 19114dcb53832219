"""Desk pages of the reception."""

from django.urls import path, register_converter

from baqylau.reception.views import consultation, slips, status


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
    # Slips and how far a matter is
    path("reception/<consultation:reference>/slip/", slips.slip, name="slip"),
    path("reception/<consultation:reference>/slip/new/", slips.reissue, name="slip_reissue"),
    path("reception/slips/", slips.batches, name="slips"),
    path("reception/slips/<slug:batch>/", slips.batch, name="slips_batch"),
    path("reception/status/", status.at_desk, name="reception_status"),
]

"""Desk pages of the reception."""

from django.urls import path, register_converter

from baqylau.reception.views import (
    addressees,
    calls,
    checks,
    consultation,
    correction,
    exporting,
    helping,
    letters,
    listing,
    money,
    new,
    referrals,
    reminders,
    slips,
    status,
    visitor,
)


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
    # The list
    path("reception/", listing.consultations, name="consultations"),
    path("reception/export/", exporting.export, name="consultations_export"),
    # Addressees
    path("reception/addressees/", addressees.addressees, name="addressees"),
    path("reception/addressees/new/", addressees.add, name="addressee_new"),
    path("reception/addressees/<int:pk>/end/", addressees.end, name="addressee_end"),
    # Taking a consultation
    path("reception/new/", new.new, name="consultation_new"),
    path("reception/new/hits/", new.hits, name="consultation_hits"),
    path("reception/new/card/", new.card, name="consultation_card"),
    path("reception/drafts/", new.waiting, name="consultation_drafts"),
    path("reception/drafts/drop/", new.drop, name="consultation_draft_drop"),
    path("reception/money/", money.money, name="consultation_money"),
    # One consultation
    path("reception/<consultation:reference>/", consultation.consultation, name="consultation"),
    path(
        "reception/<consultation:reference>/correct/",
        correction.correct,
        name="consultation_correct",
    ),
    path(
        "reception/<consultation:reference>/strike/",
        consultation.strike,
        name="consultation_strike",
    ),
    path("reception/<consultation:reference>/person/", visitor.person, name="consultation_person"),
    path(
        "reception/<consultation:reference>/withdraw/",
        visitor.withdraw,
        name="consultation_withdraw",
    ),
    path("reception/<consultation:reference>/erase/", visitor.erase, name="consultation_erase"),
    # Help and letters
    path("reception/<consultation:reference>/help/", helping.overview, name="consultation_help"),
    path(
        "reception/<consultation:reference>/help/case/", helping.open_case, name="consultation_case"
    ),
    path(
        "reception/<consultation:reference>/help/letter/", helping.begin, name="consultation_letter"
    ),
    path("reception/<consultation:reference>/help/link/", helping.link, name="consultation_link"),
    path(
        "reception/<consultation:reference>/help/papers/",
        helping.papers,
        name="consultation_papers",
    ),
    path(
        "reception/<consultation:reference>/help/referral/",
        referrals.refer,
        name="consultation_refer",
    ),
    path(
        "reception/<consultation:reference>/help/referral/withdraw/",
        referrals.take_back,
        name="consultation_refer_back",
    ),
    path("reception/letters/<slug:key>/", letters.letter, name="letter"),
    path("reception/letters/<slug:key>/drop/", letters.drop, name="letter_drop"),
    path("reception/letters/<slug:key>/write/", letters.write, name="letter_write"),
    path("reception/letters/<slug:key>/<slug:form>/", letters.download, name="letter_file"),
    # Slips and how far a matter is
    path("reception/<consultation:reference>/slip/", slips.slip, name="slip"),
    path("reception/<consultation:reference>/slip/new/", slips.reissue, name="slip_reissue"),
    path("reception/slips/", slips.batches, name="slips"),
    path("reception/slips/<slug:batch>/", slips.batch, name="slips_batch"),
    path("reception/status/", status.at_desk, name="reception_status"),
    # Calls
    path("reception/checks/", checks.checks, name="reception_checks"),
    path("reception/calls/<int:number>/", calls.call, name="reception_call"),
    path("reception/calls/<int:number>/reveal/", calls.reveal, name="reception_call_reveal"),
    # Calendar and letters
    path("reception/reminders/", reminders.reminders, name="reception_reminders"),
    path("reception/reminders/address/", reminders.new_feed, name="reception_feed_new"),
    path("reception/reminders/address/end/", reminders.end_feed, name="reception_feed_end"),
    path("reception/reminders/letter/", reminders.letter, name="reception_letter"),
    path("calendar/feed/<str:token>.ics", reminders.feed, name="calendar_feed"),
]

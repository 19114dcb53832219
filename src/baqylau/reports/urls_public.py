"""Public pages of sealed reports."""

from django.urls import path

from baqylau.reports.views import channel, form, pages, receipt

urlpatterns = [
    path("report/", pages.start, name="report"),
    path("report/channel/", channel.report_channel, name="report_channel"),
    path("report/guard/", pages.guarded, name="report_guard"),
    path("report/new/", form.report_form, name="report_form"),
    # Numbers: an address in a history tells nobody what somebody did.
    path("report/1/", pages.asked, name="report_asked"),
    path("report/2/", pages.paid, name="report_paid"),
    path("report/receipt/", receipt.report_receipt, name="report_receipt"),
    path("report/slips/", pages.slips, name="report_slips"),
    path("report/slips/<slug:week>.txt", pages.slip_list, name="report_slip_list"),
]

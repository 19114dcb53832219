"""Pages of sealed reports at the desk."""

from django.urls import path

from baqylau.reports.views import assisted, receipt

urlpatterns = [
    path("reports/write/", assisted.report_assisted, name="report_assisted"),
    path("reports/write/receipt/", receipt.assisted_receipt, name="assisted_receipt"),
]

"""Pages of sealed reports at the desk, sorted by subject."""

from django.urls import path

from baqylau.reports import urls_officers
from baqylau.reports.views import (
    assisted,
    comparing,
    keys,
    moving,
    names,
    receipt,
    recovery,
    yearly,
)

urlpatterns = [
    path("reports/keys/", keys.overview, name="reports_keys"),
    path("reports/keys/own/", keys.own, name="reports_key_own"),
    path("reports/keys/code/", keys.code_kept, name="reports_key_code"),
    path("reports/keys/passphrase/", keys.passphrase, name="reports_key_passphrase"),
    path("reports/keys/forgotten/", keys.forgotten, name="reports_key_forgotten"),
    path("reports/keys/paper/", keys.paper, name="reports_key_paper"),
    path("reports/keys/change/", moving.change, name="reports_key_change"),
    path("reports/keys/change/drop/", moving.drop_change, name="reports_key_drop"),
    path("reports/keys/give/", moving.give, name="reports_key_give"),
    path("reports/keys/compare/<slug:holder>/", comparing.compare, name="reports_key_compare"),
    path("reports/keys/end/<slug:holder>/", moving.end, name="reports_key_end"),
    path("reports/keys/recovery/", recovery.ceremony, name="reports_ceremony"),
    path("reports/keys/recovery/agree/", recovery.agree, name="reports_recovery_agree"),
    path("reports/keys/recovery/wrap/", recovery.wrap, name="reports_recovery_wrap"),
    path("reports/keys/drill/", recovery.drill, name="reports_drill"),
    path("reports/figures/", yearly.figures, name="reports_figures"),
    path("reports/names/", names.names, name="reports_names"),
    path("reports/names/<slug:number>/", names.decide, name="reports_name"),
    path("reports/<slug:report>/name/", names.name, name="reports_name_ask"),
    path("reports/write/", assisted.report_assisted, name="report_assisted"),
    path("reports/write/receipt/", receipt.assisted_receipt, name="assisted_receipt"),
    *urls_officers.urlpatterns,
]

"""Desk pages of imports."""

from django.urls import path

from baqylau.imports import views

urlpatterns = [
    path("imports/", views.kinds, name="imports"),
    path("imports/run/<str:token>/", views.show, name="import_run"),
    path("imports/run/<str:token>/apply/", views.apply, name="import_apply"),
    path("imports/<slug:kind>/", views.bring, name="import_kind"),
    path("imports/<slug:kind>/blank.xlsx", views.blank, name="import_blank"),
    path("imports/<slug:kind>/export.xlsx", views.export, name="import_export"),
]

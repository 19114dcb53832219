"""Desk pages of bodies."""

from django.urls import path

from baqylau.institutions import views

urlpatterns = [
    path("institutions/", views.institutions, name="institutions"),
    path("institutions/new/", views.create, name="institution_new"),
    path("institutions/<slug:code>/", views.institution, name="institution_desk"),
    path("institutions/<slug:code>/edit/", views.edit, name="institution_edit"),
    path("institutions/<slug:code>/close/", views.close, name="institution_close"),
    path("institutions/<slug:code>/reopen/", views.reopen, name="institution_reopen"),
    path("institutions/<slug:code>/points/new/", views.add_point, name="point_new"),
    path("institutions/<slug:code>/ties/", views.ties, name="institution_ties"),
    path("institutions/ties/<int:pk>/end/", views.end_tie, name="tie_end"),
    path("institutions/points/<slug:code>/", views.edit_point, name="point_edit"),
]

"""Desk pages of the frame."""

from django.urls import path

from baqylau.web import quiet, style, views

urlpatterns = [
    path("", views.worklist, name="desk"),
    path("search/", views.search, name="desk_search"),
    path("language/", views.choose_language, name="desk_language"),
    path("keys/", views.keys, name="desk_keys"),
    path("quiet/", quiet.quiet, name="desk_quiet"),
    path("style/", style.style, name="desk_style"),
]

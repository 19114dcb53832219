"""Desk pages of the frame."""

from django.urls import path

from baqylau.web import views

urlpatterns = [
    path("", views.worklist, name="desk"),
    path("search/", views.search, name="desk_search"),
    path("language/", views.choose_language, name="desk_language"),
]

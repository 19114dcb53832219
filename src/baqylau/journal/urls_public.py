"""Public pages of the journal: its signed heads."""

from django.urls import path

from baqylau.journal import views

urlpatterns = [
    path("journal/", views.heads, name="journal_heads"),
    path("journal/heads.json", views.heads_json, name="journal_heads_json"),
    path("journal/heads.txt", views.heads_text, name="journal_heads_text"),
]

"""Public pages: numbers, open data, news, and how the programme is checked."""

from django.urls import path

from baqylau.accountability.views import numbers

urlpatterns = [
    path("numbers/", numbers.overview, name="numbers"),
]

"""Desk pages of figures."""

from django.urls import path

from baqylau.figures import views

urlpatterns = [
    path("figures/", views.listing, name="figures"),
    path("figures/<str:code>/", views.figure, name="figure"),
    path("figures/<str:code>/table.csv", views.table, name="figure_table"),
]

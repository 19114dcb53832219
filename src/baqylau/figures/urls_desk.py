"""Desk pages of figures."""

from django.urls import path

from baqylau.figures import views, views_periods

urlpatterns = [
    path("figures/", views.listing, name="figures"),
    path("figures/<str:code>/", views.figure, name="figure"),
    path("figures/<str:code>/table.csv", views.table, name="figure_table"),
    path("periods/", views_periods.listing, name="periods"),
    path("periods/<str:code>/", views_periods.period, name="period"),
    path("periods/<str:code>/count/", views_periods.count, name="period_count"),
    path("periods/<str:code>/close/", views_periods.close, name="period_close"),
    path("periods/<str:code>/correct/<str:figure>/", views_periods.correct, name="period_correct"),
]

"""Public pages: numbers, open data, news, and how the programme is checked."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from baqylau.accountability.views import data, files, meaning, news, numbers, ourselves, places


class PeriodCode(StringConverter):
    """A period in an address: 2026-Q3, 2026-09, 2026."""

    regex = "[12][0-9]{3}(?:-(?:Q[1-4]|0[1-9]|1[0-2]))?"


register_converter(PeriodCode, "closed_period")

urlpatterns = [
    path("data/", data.data, name="data"),
    path("data/columns/<slug:code>/", data.columns, name="data_columns"),
    path("numbers/", numbers.overview, name="numbers"),
    path("numbers/meaning/", meaning.meaning, name="numbers_meaning"),
    path("numbers/meaning/public/", meaning.of_public_records, name="numbers_meaning_public"),
    path("numbers/districts/", places.districts, name="numbers_districts"),
    path("numbers/offices/", places.offices, name="numbers_offices"),
    path("numbers/offices/<slug:code>/poster/", ourselves.poster, name="office_poster"),
    path("numbers/<closed_period:period>/", numbers.overview, name="numbers_period"),
    path("numbers/<str:code>/", numbers.latest, name="number_latest"),
    path("numbers/<str:code>/<str:period>.csv", files.number_csv, name="number_csv"),
    path("numbers/<str:code>/<str:period>.json", files.number_json, name="number_json"),
    path("numbers/<str:code>/<str:period>.svg", files.number_chart, name="number_chart"),
    path("numbers/<str:code>/<str:period>/", numbers.number, name="number"),
    path("numbers/<str:code>/<str:period>/<str:by>.svg", files.number_chart, name="table_chart"),
    path("numbers/<str:code>/<str:period>/<str:by>/", numbers.table, name="number_table"),
    # News
    path("news/", news.listing, name="news"),
    path("news/feed.atom", news.feed, name="news_feed"),
    path("news/pictures/<slug:digest>.jpg", news.picture, name="news_picture"),
    path("news/<slug:code>/", news.post, name="news_post"),
    # How we check ourselves
    path("check/", ourselves.ourselves, name="ourselves"),
    path("check/complaints/", ourselves.complaints, name="complaints"),
]

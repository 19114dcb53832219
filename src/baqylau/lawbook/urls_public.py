"""Public pages of the calendar."""

from django.urls import path

from baqylau.lawbook.views import people

urlpatterns = [
    path("calendar/", people.calendar, name="calendar"),
    path("calendar/count/", people.count, name="count"),
    path("calendar/<int:year>/", people.calendar, name="calendar_year"),
]

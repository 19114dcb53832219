"""Public pages of councils, members and meetings."""

from django.urls import path

from baqylau.councils.views import pages

urlpatterns = [
    path("councils/", pages.listing, name="councils"),
    path("councils/members/<slug:code>/", pages.member, name="council_member"),
    path("councils/meetings/", pages.meetings, name="council_meetings"),
    path("councils/meetings/<slug:code>/", pages.meeting, name="meeting"),
    path("councils/meetings/<slug:code>/calendar.ics", pages.calendar_file, name="meeting_file"),
    path("councils/meetings/<slug:code>/papers/<int:pk>/", pages.paper, name="meeting_paper"),
    path(
        "councils/meetings/<slug:code>/minutes/<slug:language>.<slug:form>",
        pages.minutes,
        name="meeting_minutes",
    ),
    path("councils/<slug:code>/", pages.council, name="council"),
]

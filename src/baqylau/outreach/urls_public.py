"""Public pages: campaigns, events, coverage, and the short test of an event."""

from django.urls import path

from baqylau.outreach.views import public, testing

urlpatterns = [
    path("reached/", public.reached, name="reached"),
    path("reached/districts/<slug:kato>/", public.reached_district, name="reached_district"),
    path("reached/events/", public.events, name="reached_events"),
    path("reached/events/<slug:code>/", public.event, name="reached_event"),
    path("reached/campaigns/<slug:code>/", public.campaign, name="reached_campaign"),
    path("reached/pictures/<slug:digest>.jpg", public.picture, name="reached_picture"),
    path("reached/materials/<int:pk>/", public.material, name="reached_material"),
    path("test/", testing.test, name="test"),
    path("test/done/<slug:moment>/", testing.test_done, name="test_done"),
    path("test/<slug:code>/", testing.test_code, name="test_code"),
]

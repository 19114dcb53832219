"""Desk pages: campaigns, events, speakers, coverage, doubts."""

from django.urls import path

from baqylau.outreach.views import (
    calendar,
    campaigns,
    coverage,
    doubts,
    events,
    quizzes,
    reporting,
    speakers,
)

urlpatterns = [
    # Events
    path("events/", events.events, name="events_desk"),
    path("events/new/", events.plan, name="event_new"),
    path("events/calendar/", calendar.reminders, name="events_calendar"),
    path("events/calendar/new/", calendar.new_feed, name="events_feed_new"),
    path("events/calendar/end/", calendar.end_feed, name="events_feed_end"),
    path("events/calendar/<str:token>.ics", calendar.feed, name="events_feed"),
    path("events/<slug:code>/", events.event, name="event_desk"),
    path("events/<slug:code>/change/", events.change, name="event_change"),
    path("events/<slug:code>/confirm/", events.confirm, name="event_confirm"),
    path("events/<slug:code>/held/", events.held, name="event_held"),
    path("events/<slug:code>/cancel/", events.cancel, name="event_cancel"),
    path("events/<slug:code>/report/", reporting.report, name="event_report"),
    path("events/<slug:code>/sheets/new/", reporting.add_sheet, name="event_sheet_new"),
    path("events/<slug:code>/sheets/<int:number>/", reporting.sheet, name="event_sheet"),
    path(
        "events/<slug:code>/sheets/<int:number>/remove/",
        reporting.remove_sheet,
        name="event_sheet_remove",
    ),
    path("events/<slug:code>/pictures/new/", reporting.add_picture, name="event_picture_new"),
    path("events/<slug:code>/pictures/<int:pk>/", reporting.picture, name="event_picture"),
    path(
        "events/<slug:code>/pictures/<int:pk>/consent/",
        reporting.agree,
        name="event_picture_consent",
    ),
    path(
        "events/<slug:code>/pictures/<int:pk>/remove/",
        reporting.remove_picture,
        name="event_picture_remove",
    ),
    path("events/<slug:code>/links/new/", reporting.add_link, name="event_link_new"),
    path(
        "events/<slug:code>/links/<int:pk>/remove/",
        reporting.remove_link,
        name="event_link_remove",
    ),
    # Campaigns
    path("campaigns/", campaigns.campaigns, name="campaigns_desk"),
    path("campaigns/new/", campaigns.write, name="campaign_new"),
    path("campaigns/<slug:code>/", campaigns.write, name="campaign_change"),
    path("campaigns/<slug:code>/materials/new/", campaigns.add_material, name="material_new"),
    path(
        "campaigns/<slug:code>/materials/<int:pk>/remove/",
        campaigns.remove_material,
        name="material_remove",
    ),
    # Speakers
    path("speakers/", speakers.speakers, name="speakers_desk"),
    path("speakers/new/", speakers.write, name="speaker_new"),
    path("speakers/<slug:code>/", speakers.speaker, name="speaker_desk"),
    path("speakers/<slug:code>/change/", speakers.write, name="speaker_change"),
    path("speakers/<slug:code>/notes/new/", speakers.note, name="speaker_note"),
    # Doubts
    path("doubts/", doubts.doubts, name="doubts_desk"),
    path("doubts/<int:pk>/", doubts.doubt, name="event_doubt"),
    path("doubts/<int:pk>/verdict/", doubts.verdict, name="doubt_verdict"),
    # Coverage and tests
    path("coverage/", coverage.coverage_desk, name="coverage_desk"),
    path("coverage/plan/", coverage.plan_desk, name="coverage_plan"),
    path("coverage/goals/", coverage.goals, name="coverage_goals"),
    path("coverage/tests/", quizzes.quizzes, name="quizzes"),
    path("coverage/tests/new/", quizzes.quiz_new, name="quiz_new"),
    path("coverage/tests/<slug:code>/", quizzes.quiz, name="quiz"),
    path("coverage/tests/<slug:code>/edit/", quizzes.quiz_edit, name="quiz_edit"),
    path("coverage/tests/<slug:code>/end/", quizzes.quiz_end, name="quiz_end"),
    path("events/<slug:code>/test/", quizzes.event_test, name="event_test"),
    path("events/<slug:code>/test/codes/", quizzes.event_codes, name="event_codes"),
    path(
        "events/<slug:code>/test/codes/<slug:moment>/drop/",
        quizzes.event_codes_drop,
        name="event_codes_drop",
    ),
]

"""Rows of the module."""

from baqylau.outreach.models.campaigns import Campaign, CampaignMaterial, Goal
from baqylau.outreach.models.doubts import Doubt, DoubtKind, Verdict
from baqylau.outreach.models.events import (
    Age,
    Event,
    EventKind,
    Headcount,
    Link,
    Picture,
    Sex,
    Sheet,
    Speaker,
    SpeakerNote,
    SpeakerNoteKind,
    Speaking,
    Stage,
    Visited,
)
from baqylau.outreach.models.feeds import Feed
from baqylau.outreach.models.quizzes import (
    Moment,
    OneTimeCode,
    Question,
    Quiz,
    Score,
    Sitting,
)
from baqylau.outreach.models.reached import Counted, Reached, Scope

__all__ = [
    "Age",
    "Campaign",
    "CampaignMaterial",
    "Counted",
    "Doubt",
    "DoubtKind",
    "Event",
    "EventKind",
    "Feed",
    "Goal",
    "Headcount",
    "Link",
    "Moment",
    "OneTimeCode",
    "Picture",
    "Question",
    "Quiz",
    "Reached",
    "Scope",
    "Score",
    "Sex",
    "Sheet",
    "Sitting",
    "Speaker",
    "SpeakerNote",
    "SpeakerNoteKind",
    "Speaking",
    "Stage",
    "Verdict",
    "Visited",
]

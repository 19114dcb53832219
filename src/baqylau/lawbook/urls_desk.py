"""Desk pages of rules, calendar and letters."""

from django.urls import path

from baqylau.lawbook.views import calendar, letters, rulebook

DAY = "lawbook/calendar/<int:year>"
LETTER = "lawbook/letters/<slug:code>/<slug:language>"
RULE = "lawbook/rules/<str:rule_id>"

urlpatterns = [
    path("lawbook/", rulebook.rules, name="lawbook"),
    path("lawbook/new/", rulebook.enter, name="lawbook_rule_new"),
    path(f"{RULE}/", rulebook.rule, name="lawbook_rule"),
    path(f"{RULE}/new/", rulebook.enter, name="lawbook_version_new"),
    path(f"{RULE}/<int:number>/check/", rulebook.verify, name="lawbook_verify"),
    path("lawbook/calendar/", calendar.year, name="lawbook_this_year"),
    path(f"{DAY}/", calendar.year, name="lawbook_calendar"),
    path(f"{DAY}/transfer/", calendar.transfer, name="lawbook_transfer"),
    path(f"{DAY}/confirm/", calendar.confirm, name="lawbook_confirm"),
    path(f"{DAY}/day/", calendar.special_day, name="lawbook_day_new"),
    path(f"{DAY}/day/<slug:on>/", calendar.special_day, name="lawbook_day"),
    path(f"{DAY}/day/<slug:on>/clear/", calendar.clear, name="lawbook_day_clear"),
    path("lawbook/changes/", calendar.all_changes, name="lawbook_changes"),
    path("lawbook/changes/<int:edition>/", calendar.one_change, name="lawbook_change"),
    path("lawbook/letters/", letters.letters, name="lawbook_letters"),
    path(f"{LETTER}/", letters.letter, name="lawbook_letter"),
    path(f"{LETTER}/new/", letters.enter, name="lawbook_letter_new"),
    path(f"{LETTER}/<int:number>/check/", letters.verify, name="lawbook_letter_verify"),
]

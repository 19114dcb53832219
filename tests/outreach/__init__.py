"""Tests of campaigns, events and coverage."""

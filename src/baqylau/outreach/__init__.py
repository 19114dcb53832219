"""Outreach: campaigns, events, and the institutions that were not reached yet."""

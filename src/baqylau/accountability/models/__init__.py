"""Rows of the room."""

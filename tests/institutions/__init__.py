"""The institutions room."""

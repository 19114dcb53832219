"""Template tags of the institutions room."""

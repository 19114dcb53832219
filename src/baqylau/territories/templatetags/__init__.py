"""Template tags of the territories room."""

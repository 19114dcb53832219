"""The territories room."""

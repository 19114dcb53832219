"""Shapes of what is typed at the reception."""

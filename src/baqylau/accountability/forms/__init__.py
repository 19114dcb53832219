"""What is typed at the desk of this room."""

"""What decides: plain Python, no database, no clock."""

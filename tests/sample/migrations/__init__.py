"""The sample's table."""

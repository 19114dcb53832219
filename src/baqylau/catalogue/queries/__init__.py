"""Everything that reads the catalogue."""

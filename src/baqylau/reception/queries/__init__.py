"""Everything that the reception desk reads."""

"""Everything that reads cases."""

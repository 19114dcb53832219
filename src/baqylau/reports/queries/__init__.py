"""Everything that reads sealed reports."""

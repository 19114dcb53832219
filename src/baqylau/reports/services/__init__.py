"""Everything that writes sealed reports."""

"""Template helpers of the catalogue."""

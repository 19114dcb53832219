"""A year of invented councils, drafts and promises."""

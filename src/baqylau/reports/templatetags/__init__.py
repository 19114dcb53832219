"""Tags of the desk pages of reports."""

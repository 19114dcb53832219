"""Sealed reports of corruption and waste, and the channel between reporter and officers."""

"""Honest numbers: shares, medians, rounding. Plain Python, data in, data out."""

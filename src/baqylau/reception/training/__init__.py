"""Invented consultations for the training site, and any number of them for measuring."""

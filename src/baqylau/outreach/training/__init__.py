"""Invented records for the training site."""

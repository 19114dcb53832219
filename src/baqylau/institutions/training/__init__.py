"""Synthetic bodies and reception rooms for the training site."""

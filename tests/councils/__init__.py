"""Tests of the module of councils."""

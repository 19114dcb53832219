"""Tests of the accounts that are written."""

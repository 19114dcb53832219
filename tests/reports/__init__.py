"""Sealed reports: what a reporter sends, what officers read, and what nobody else can."""

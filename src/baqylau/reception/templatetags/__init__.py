"""Filters of the reception's templates."""

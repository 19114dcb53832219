"""Django's PostgreSQL engine with the rule of two databases."""

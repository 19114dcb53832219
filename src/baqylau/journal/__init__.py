"""What happened: an append-only, hash-chained log in each database."""

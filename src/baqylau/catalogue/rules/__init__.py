"""What the catalogue decides without a database and without a clock."""

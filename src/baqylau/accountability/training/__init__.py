"""What an invented programme has published: closed periods, and what was put right in them."""

"""Tables that rooms take in: dry run, every fault with its place, then applied once."""

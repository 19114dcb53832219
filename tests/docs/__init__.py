"""The documents: what they name exists, and what exists is named."""

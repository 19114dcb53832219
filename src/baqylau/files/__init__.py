"""Contents of files, addressed by their hash, checked at the door, never in clear on the way."""

"""What keeps an installation alive: verify, backup, restore, doctor, and its own mark."""

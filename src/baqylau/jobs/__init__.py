"""What runs by the clock, each duty under a lease; and the mail queue."""

"""What residents ask about: cards of services and of the law, their aliases and their search."""

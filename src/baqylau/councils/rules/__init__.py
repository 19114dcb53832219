"""What follows from what happened: quorum, terms, states. Pure."""

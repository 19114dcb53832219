"""Forms of the desk: shape only, the services hold the rules."""

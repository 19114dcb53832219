"""What follows from the steps of a case: stages, clocks, refusals, numbers. Pure."""

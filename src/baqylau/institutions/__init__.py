"""Bodies and service points: where people are served, who answers, when it is open."""

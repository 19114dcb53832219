"""The register of data breaches, with the term in which the authority must be told."""

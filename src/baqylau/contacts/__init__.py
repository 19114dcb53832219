"""Who consented to be known: names and phones, encrypted, apart from everything else."""

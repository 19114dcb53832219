"""Numbers that open their records: sums folded from the journal, evaluated, gated."""

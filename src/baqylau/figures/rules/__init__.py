"""Pure: periods, sums, results, what may be shown. No database, no clock."""

"""Foreign tables read with limits, and tables written so that no spreadsheet runs them as code."""

"""Pages of sealed reports: load, check, one service, answer."""

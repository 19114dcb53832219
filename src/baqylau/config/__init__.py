"""The composition root: settings, addresses, the console program, the server."""

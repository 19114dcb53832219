"""Pages in a real browser, served by the real server from a training site of their own."""

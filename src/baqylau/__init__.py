"""Baqylau: what a programme of civic oversight runs on."""

__version__ = "0.1.0"

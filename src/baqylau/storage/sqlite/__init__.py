"""Django's SQLite engine, durable and fair: see `baqylau.storage.sqlite.base`."""

"""How rows reach the disk: the SQLite engine with one fair queue of writers, and the router."""

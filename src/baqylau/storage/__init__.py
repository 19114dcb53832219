"""How rows reach the disk: the engines, one fair queue of writers, and the router."""

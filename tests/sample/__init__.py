"""A module of the tests: shows that a folder and a name are all that a new module needs."""

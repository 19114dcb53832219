"""Tools for those who change the code. Nothing here ships."""

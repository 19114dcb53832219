"""Where things are: units of the national classifier KATO, and the tile map of the oblast."""

"""What must hold at every address of the site: who may, what is sent, what is told."""

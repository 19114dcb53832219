"""What must hold whichever modules are installed: run once for each module left out."""

"""What is decided about reports without asking anybody."""

"""What is decided about consultations without asking anybody."""

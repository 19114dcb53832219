"""What this room's templates may use."""

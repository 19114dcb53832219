"""What clocks count by: rules of law, the working calendar and letter templates, as data."""

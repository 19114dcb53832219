"""Rules, calendar and letters as they are edited at the desk."""

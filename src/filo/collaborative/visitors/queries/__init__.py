"""Who is there, and where personal links lead."""

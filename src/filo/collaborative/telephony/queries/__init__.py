"""What is read about the telephone."""

"""What is read about sequences."""

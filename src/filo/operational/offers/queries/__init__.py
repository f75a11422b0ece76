"""What is read about offers."""

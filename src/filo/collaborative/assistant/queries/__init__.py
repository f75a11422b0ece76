"""What is known, what is missing, what suits."""

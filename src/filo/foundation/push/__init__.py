"""What other open pages must know within two seconds."""

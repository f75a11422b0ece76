"""What commands share that take out or bring in the whole of an installation."""

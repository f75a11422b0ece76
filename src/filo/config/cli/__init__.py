"""The commands of `filo`, one a module, found by their file's name."""

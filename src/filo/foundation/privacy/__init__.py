"""Personal data: where it lies, how long it is kept, how it leaves."""

"""Makes a firm with as many customers as one asks for, in minutes, on either engine."""

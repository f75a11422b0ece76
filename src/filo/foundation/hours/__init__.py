"""When the house is open: hours of the week, holidays, days off, and time that is reckoned by them."""

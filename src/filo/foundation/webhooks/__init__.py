"""Events that leave the house: signed, sent again until they arrive, and all of it to be looked at."""

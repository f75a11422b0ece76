"""Reads about doubles: what is compared, by which keys cards meet, who may be whom, which pairs wait."""

"""Facts in the past tense, written with the change they tell of."""

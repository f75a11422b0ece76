"""Products: what the firm sells, in its variants, with what each costs, where it lies and who may see it."""

"""Words of every object, folded, so that three letters find it."""

"""How likely two parties are the same one: a Fellegi-Sunter model over folded traits, in plain Python."""

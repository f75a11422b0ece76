"""VAT numbers asked for at VIES, the European Commission's register of who may trade inside the Union."""

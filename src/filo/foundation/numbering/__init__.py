"""Numbers of documents: one after the other for each company, series and year, without a gap."""

"""Italian VAT on an invoice: natures, who pays it, stamp duty, withholding, pension funds; all by pure functions."""

"""The kinds of back offices, one folder each: `connector.py` holds a `BackOffice` named `Connector`."""

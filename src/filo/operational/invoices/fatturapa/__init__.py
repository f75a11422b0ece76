"""The electronic invoice (FatturaPA 1.2): documents as plain values, their XML, signatures, and what the exchange says.

Nothing in here knows a database.
"""

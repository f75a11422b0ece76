"""Approvals: something goes beyond what one may decide alone, and somebody who may is asked."""

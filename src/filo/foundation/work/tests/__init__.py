"""Tests of work in the background, as people see it."""

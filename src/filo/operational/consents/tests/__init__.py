"""Tests of this topic."""

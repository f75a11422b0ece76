"""The composition root: sees every app, is seen by none."""

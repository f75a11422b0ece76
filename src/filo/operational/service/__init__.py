"""Requests of customers: questions, faults, complaints, returns; who looks after them and until when."""

"""Verbs about mails on orders: write one, answer one."""

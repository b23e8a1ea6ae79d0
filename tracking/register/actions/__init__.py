"""Changing the register: each act checks who asks, keeps the record whole and writes its own audit event."""

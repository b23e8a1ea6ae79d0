"""Statements that are put together once and asked with other numbers afterwards (docs/decisions/0127)."""

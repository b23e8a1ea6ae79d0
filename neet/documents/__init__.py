"""Turning pages into tagged PDF documents."""

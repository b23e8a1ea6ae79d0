"""Authorities, districts, establishments, services and who works where; nothing about pupils."""

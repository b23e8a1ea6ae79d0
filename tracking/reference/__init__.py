"""The dated code lists, seeded from CSV and edited on screen."""

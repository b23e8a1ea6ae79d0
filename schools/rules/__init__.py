"""Who may give which role to whom, as plain functions."""

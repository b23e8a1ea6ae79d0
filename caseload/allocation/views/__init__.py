"""The pages of the month's cases."""

"""What the Activity Survey counts, checks and tells schools, as plain functions."""

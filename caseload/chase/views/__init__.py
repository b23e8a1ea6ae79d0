"""The pages of the chase."""

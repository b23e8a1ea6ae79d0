"""The pages of the figures for everybody."""

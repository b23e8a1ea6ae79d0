"""The pages of public figures: those of the desk, and those open to whoever the council says."""

"""Who signs in, with which second factor, and which role may do what."""

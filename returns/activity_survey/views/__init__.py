"""The pages of the Activity Survey and of the duty to participate."""

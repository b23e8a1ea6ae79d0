"""The pages of next steps."""

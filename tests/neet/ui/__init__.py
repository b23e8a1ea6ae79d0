"""The look and parts of screens."""

"""Changes to many as their pages show them."""

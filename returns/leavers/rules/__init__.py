"""What figures about schools and colleges mean."""

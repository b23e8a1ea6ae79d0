"""What must hold before the register takes a statement about a young person."""

"""Pages about leavers."""

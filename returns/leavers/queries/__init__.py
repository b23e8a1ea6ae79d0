"""What is read of leavers."""

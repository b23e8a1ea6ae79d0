"""What changes a return on its way: received, mended, checked, put on the register, taken back."""

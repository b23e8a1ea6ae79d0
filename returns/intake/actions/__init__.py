"""What changes a return on its way: receiving and mending it, checking it, putting it on the register, taking it back."""

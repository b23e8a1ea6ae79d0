"""What the DfE says of the file it was sent: whether it was accepted, and which records it found fault with."""

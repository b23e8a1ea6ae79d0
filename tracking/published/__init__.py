"""What the DfE published of every authority, and how ours compares with it."""

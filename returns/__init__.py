"""What comes in from schools, colleges and others, and what goes out to the DfE."""

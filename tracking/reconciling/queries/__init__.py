"""What is read to say whether everybody is on the register."""

"""What the council asks its schools and colleges for, when it is due, and who has answered."""

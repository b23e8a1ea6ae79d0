"""What the chase reads: whom to call, who else may know, what was said."""

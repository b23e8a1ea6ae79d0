"""What a council asks many young people at once, in class and after results day: answers, whose they are, results."""

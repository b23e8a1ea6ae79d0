"""What is decided before a meeting without looking anything up: who is talked about and why, when it is held, what a
stranger may count."""

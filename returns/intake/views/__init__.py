"""The pages of a return: what is due, sending it, mending it, confirming it. School and council see the same."""

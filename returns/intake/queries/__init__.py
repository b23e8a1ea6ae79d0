"""Reading returns on their way: who is expected, how rows compare with the register, what the pages show."""

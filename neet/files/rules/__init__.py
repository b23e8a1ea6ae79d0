"""Plain rules about files people send and receive."""

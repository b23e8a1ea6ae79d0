"""Is the system well? What those who run it watch from outside: counts and times, never a word about anybody."""

"""One young person who stands on the register twice: found, put together, taken apart again if it was wrong."""

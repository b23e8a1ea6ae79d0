"""Reading what people send, safely, and writing files that are safe to open."""

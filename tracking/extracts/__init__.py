"""Lists of young people taken away as a file: asked for with a reason, agreed to by somebody else, gone after a while."""

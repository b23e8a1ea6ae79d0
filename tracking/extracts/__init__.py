"""Lists of young people taken away as files: asked for with a reason, agreed to by another, gone after a while."""

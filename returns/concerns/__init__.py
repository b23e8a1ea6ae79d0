"""One pupil a school worries about, told of when it does, not when a list is due."""

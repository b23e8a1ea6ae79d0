"""The files a school opens: a template filled with its own pupils, and its own file back with what to change."""

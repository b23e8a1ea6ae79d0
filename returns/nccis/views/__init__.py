"""Pages of the monthly file: the month with its errors and files, and what stands around a sign-off."""

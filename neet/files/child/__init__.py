"""The program that opens a stranger's file in a process of its own; reader.py runs it and nobody else imports it."""

"""Brings the house up on one machine: tools, services, supervision, and the entrance of manage.py."""

"""Brings the house up on one machine: services, set-up, supervision, and the entrance of manage.py."""

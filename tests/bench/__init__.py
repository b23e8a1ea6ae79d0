"""Measurements beside what somebody would use instead; each file is one, run by bin/bench as a module."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "neet.settings")
django.setup()

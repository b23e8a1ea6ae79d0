"""Gives every test the fixtures that are shared by all floors."""

pytest_plugins = ["tests.browser", "tests.house.fixtures", "tests.files.fixtures", "tests.slowest"]

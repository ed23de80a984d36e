"""Delivers the built front end."""

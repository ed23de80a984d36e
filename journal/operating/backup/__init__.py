"""Backups of both stores, sealed to the operator, and the way back."""

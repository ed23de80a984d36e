"""Courses, dosing sessions and check-ins: the heart of the journal."""

"""A made-up patient, so that every screen has something to show. `demo_journal` is plain data in the API's shapes."""

from journal.demo.course import SETTINGS, ZONE, DemoJournal, demo_journal

__all__ = ["SETTINGS", "ZONE", "DemoJournal", "demo_journal"]

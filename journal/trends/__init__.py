"""How things change across sessions: pure series over opened rows. Nothing is inferred, nothing filled in."""

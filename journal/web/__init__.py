"""HTTP manners, with no idea of what a journal is."""

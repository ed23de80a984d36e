"""What an operator does, with nobody signed in."""

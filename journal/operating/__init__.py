"""What an operator does: looking after a host, its backups, its secret."""

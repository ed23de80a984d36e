"""What whoever runs Shoreline does with it. Nothing here opens a journal."""

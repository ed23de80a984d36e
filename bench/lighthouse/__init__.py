"""The app as Lighthouse sees it; its own folder, because it is large and nothing else needs it."""

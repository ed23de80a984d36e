"""What a patient lends, to whom and for how long; what a reviewer reads of it; and the log of both."""

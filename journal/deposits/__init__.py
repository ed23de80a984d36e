"""Sealed check-ins from phones: the phones that are kept, what they hand in, and the filing after a sign-in."""

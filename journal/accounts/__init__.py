"""Who you are, and the keyring that opens your journal: sign-up, sign-in, recovery, devices, the lock."""

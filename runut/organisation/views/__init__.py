"""The organisation's pages: sign-in, one's own account, people, positions, calendar."""

"""What the organisation's pages ask for."""

"""What a document says, which marks it needs, how it is numbered, and what may become of it."""

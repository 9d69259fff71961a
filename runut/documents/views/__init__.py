"""Pages of documents: the work on them, and reading them."""

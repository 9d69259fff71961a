"""The other engines, each with the same rights check and the same hashed log entry around it."""

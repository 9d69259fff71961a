"""Runut's engine beside other engines, doing the same work on the same database."""

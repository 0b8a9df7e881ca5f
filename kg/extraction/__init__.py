"""Parsed text to mentions, frames, facts, events and statements."""

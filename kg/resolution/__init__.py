"""Mentions to entities: coreference, reference data, states in time, one node across documents."""

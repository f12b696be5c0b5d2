"""What moves records through time: hazard life cycle, dated facts, issuing a month."""

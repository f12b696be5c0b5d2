"""The demonstration: a made-up county of sixteen towns, every figure of it out of single records."""

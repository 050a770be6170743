"""Today: what waits for somebody in the clinic."""

"""Face map: the sites of an injection session on three views of a face, placed by hand or by key."""

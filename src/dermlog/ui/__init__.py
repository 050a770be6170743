"""Windows: the only room that knows Qt; it reaches the application through dermlog.logbook."""

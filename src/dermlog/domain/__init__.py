"""What a clinic talks about: frozen records and the rules between them; standard library only."""

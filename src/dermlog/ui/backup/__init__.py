"""Backups on the screen: how safe the records are, where backups go, restoring, and automatic ones."""

"""The doors: HTTP, sockets, shell, worker."""

"""Taking files in: a durable delivery that is read file by file and published at the end."""

"""Where the passages of a tenant are searched: in the process, or inside PostgreSQL."""

"""The ground: settings, database, clock, ids, errors, jobs. Imports nothing of ours."""

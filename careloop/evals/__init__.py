"""The examiners: cases, suites, scorers, runner."""

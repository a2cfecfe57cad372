"""What the library learns: questions without an answer, verdicts on answers, resolved tickets."""

"""What customers say of the service: surveys, their answers, and the calls that follow."""

"""What `make` runs: the set-up and the checks. Standard library only."""

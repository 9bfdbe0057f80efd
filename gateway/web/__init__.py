"""The web plumbing: typed routes, problems, sign-in, static files, health and metrics."""

"""Measurements, each runnable by one command; `make bench` prints them."""

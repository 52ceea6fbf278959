"""The JSON API `/api/v1`: what programs read and write, each by a key that stands for a person."""

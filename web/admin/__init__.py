"""Quản trị: what the office decided and how it is doing, in the hands of who keeps it running."""

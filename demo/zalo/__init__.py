"""A stand-in for Zalo on loopback: behaves as its documents say, keeps what it is given, sends nothing anywhere."""

"""Keys: which commands does a person type? The one place where the parts are joined."""

"""What we do: what changes when somebody acts? One verb per file."""

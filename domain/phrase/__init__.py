"""HOW A DEADLINE IS WRITTEN: from the words of a sentence to the days they mean, or to a question."""

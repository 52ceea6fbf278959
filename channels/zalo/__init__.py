"""Zalo: consultation messages (`zalooa://`), template messages (`zbs://`), and the bot of a pilot (`zalobot://`)."""

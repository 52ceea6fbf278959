"""What is true: which dates, standings and reminders follow from the rules alone?"""

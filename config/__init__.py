"""What this office decided: which directives, units, people and policy are in force?"""

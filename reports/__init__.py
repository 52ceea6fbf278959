"""Paper: how is what we know laid out to be printed, filed and handed on?"""

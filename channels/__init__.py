"""How a word goes out: how does a message reach a person?"""

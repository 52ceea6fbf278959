"""Hands: what does a person see and press in a browser?"""

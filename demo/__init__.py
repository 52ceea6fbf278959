"""A world to try it in: what does the system do when nobody real is at the other end?"""

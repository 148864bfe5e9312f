"""The rules of a programme's file.

A rule looks at the tree of the file, not at the model: a fault in one field hides none in another.
"""

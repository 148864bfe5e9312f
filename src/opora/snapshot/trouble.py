"""What can be wrong with a wish, in words for whoever has it."""


class NoSuchTerritory(Exception):
    """The registry has no territory with this key; the message says what there is."""


class Dangling(Exception):
    """A row refers to one that its municipality may not see."""

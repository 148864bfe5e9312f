"""What can be wrong with an installation, in words for whoever runs it."""


class SiteTrouble(Exception):
    """The installation is not there, or its database does not answer; the message says what to do."""

"""A person proposes to mend what is held on her, or to add to it; who keeps her card confirms or declines."""

from opora.privacy.proposals.decide import Answer, confirm, decline
from opora.privacy.proposals.files import LARGEST, File, file_of
from opora.privacy.proposals.propose import NewProposal, propose
from opora.privacy.proposals.subjects import SUBJECTS, Subject, of_json

__all__ = [
    "LARGEST",
    "SUBJECTS",
    "Answer",
    "File",
    "NewProposal",
    "Subject",
    "confirm",
    "decline",
    "file_of",
    "of_json",
    "propose",
]

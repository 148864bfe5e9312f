from opora.privacy.models.consent import Consent
from opora.privacy.models.destruction import Destruction
from opora.privacy.models.proposal import Proposal, ProposalFile
from opora.privacy.models.reading import CardReading
from opora.privacy.models.seal import Seal
from opora.privacy.models.snils import Snils

__all__ = ["CardReading", "Consent", "Destruction", "Proposal", "ProposalFile", "Seal", "Snils"]

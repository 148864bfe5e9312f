"""Who: territories, organisations, people, their work, education and attestation."""

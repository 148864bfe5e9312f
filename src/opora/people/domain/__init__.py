"""The verbs of people: who enters, is employed, taught, attested, and what becomes of organisations."""

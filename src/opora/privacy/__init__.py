"""What the law on personal data asks: who read what, proof that the trail is whole, consents, export, destruction."""

"""What a person proposes to mend in her card, and who answers."""

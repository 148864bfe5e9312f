"""What is read against what the registry knows: who is who, and which row is spoken of. Pure; nothing is written."""

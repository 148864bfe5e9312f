"""The guide of docs/, read inside Opora."""

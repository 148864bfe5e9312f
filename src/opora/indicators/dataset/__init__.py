"""The dataset: the contract between the facts and the numbers."""

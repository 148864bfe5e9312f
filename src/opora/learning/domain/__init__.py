"""The verbs of learning: what was measured, what is lacking, how it is learnt, and who helps."""

"""The staff section of the statistical form ОО-1: its lines and boxes, what a school has stated, what Opora counts."""

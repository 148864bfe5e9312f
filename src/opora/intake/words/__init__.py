"""How the words of the trade are read, wherever they stand: in a cell of a page or of a sheet."""

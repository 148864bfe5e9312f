"""How documents go out: workbooks and reports of counted programmes."""

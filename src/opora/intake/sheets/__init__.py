"""Any workbook or CSV into facts: opened safely, laid out, each column given a meaning, read row by row.

``opening/`` gives a `Book` of `Sheet`s, ``layout`` finds where the table is, ``meanings`` and ``kinds`` declare what a
column may be, ``proposing`` which is which, ``mapping`` keeps it, ``people/`` and ``tables`` read the rows.

Callers need `opening.open_book`, `read.sheets_to_read` and `read.read_sheets`, `proposing.proposed_mapping` and
`proposing.mapping_key`, `mapping.SheetMapping` and `told.Told`.
"""

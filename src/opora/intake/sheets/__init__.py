"""Any workbook or CSV into facts: opened safely, laid out, each column given a meaning, read row by row.

``opening/`` gives a `Book` of `Sheet`s, ``layout`` finds where the table is, ``meanings`` and ``kinds`` declare what a
column may be, ``proposing`` which is which, ``mapping`` keeps it, ``people/`` and ``tables`` read the rows.
"""

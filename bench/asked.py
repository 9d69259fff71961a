"""What is asked of the product in the work of a quarter, by the names under which it is measured."""

OPENING = ("the run is started", "the forms are made", "the forms are sent out")
# What DESIGN sets a bar for: pages, and what people press on them.
PAGES = (
    "a cell is saved", "a form is handed in", "the form", "the matrix of the period", "the list of periods",
    "the inbox of a filler", "the inbox of a reviewer", "the review of a form", "the history of a figure",
    "the recap of a signed quarter", "the dictionary of indicators", "the import's result page", "all offices",
)  # fmt: skip
# Every period there is, and every office: these grow with the years and the offices, the others show as much at both.
WHOLE = ("the list of periods", "all offices")
IMPORT = ("a workbook comes in: looked at", "a workbook comes in: brought in")

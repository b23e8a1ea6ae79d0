"""What is said to somebody whose file cannot be read: what it is and what to do, and nothing out of the file."""

SEND = "Send .csv, .xlsx, .xls or .ods."
EMPTY = "The file is empty."
DAMAGED = "The file is damaged. Open it in your spreadsheet, save it again and send that."
PROTECTED = "The file is protected by a password. Take the password off and send it again."
TOO_LARGE = "Unpacked, the file is larger than any honest return."
TOO_MUCH_MEMORY = "The file takes more memory than any honest return needs."
NO_SPREADSHEET = f"This is no spreadsheet. {SEND}"
DOCUMENT = f"This is a zip file or a document. {SEND}"
PACKED = f"This is a packed file. Unpack it. {SEND}"
PDF = "This is a PDF. Send the spreadsheet or CSV file it was made from."
WEB_PAGE = "This is a web page with the name of a spreadsheet. Open it in Excel and save it as .xlsx."
OLD_XML = "This is a spreadsheet in XML, as Excel kept them in 2003. Open it in Excel and save it as .xlsx."
XML = "This is an XML file. Send a spreadsheet or CSV file here."
FOR_PROGRAMS = f"This is data for a program. {SEND}"
LINK = "This is a link to a file, not the file. Open it, save what it shows as .xlsx and send that."
ALL_HIDDEN = "The file has no sheet that can be seen."
NEVER_CLOSED = (
    "In row {row} a quotation mark is opened and never closed. Take it out and send the file again."
)


class Refused(Exception):
    """The file cannot be read; the words say what to do."""

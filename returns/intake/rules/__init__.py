"""How a return is read: cells, dates, headings, file names and the whole file; nothing here asks the register."""

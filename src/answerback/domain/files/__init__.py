"""Files that people bring, read line by line: encodings, separators, quotes; and cells no spreadsheet may run."""

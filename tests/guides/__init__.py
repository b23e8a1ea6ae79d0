"""The guides: their pictures are made from the demonstration, their words are held against the pages."""

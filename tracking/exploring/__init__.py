"""Figures cut freely by those who may open the records behind them, and the cuts somebody keeps."""

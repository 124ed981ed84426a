"""The filings of the Tokyo Stock Exchange, by its inline XBRL."""

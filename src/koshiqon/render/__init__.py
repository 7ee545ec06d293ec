"""The edge that shows: words in the reader's language, then HTML, PDF, charts and the like."""

"""What more than one domain needs of statistics: disclosure control of tables."""

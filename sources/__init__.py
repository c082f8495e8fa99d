"""How deliveries are read: inbox, files, values, personal numbers, quarantine and the record."""

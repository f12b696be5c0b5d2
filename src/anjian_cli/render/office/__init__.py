"""What an office prints, opens or sends: Word, Excel, page, PDF, picture."""

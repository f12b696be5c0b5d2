"""What a terminal or a pipe shows to a person: lines, aligned by what a terminal draws."""

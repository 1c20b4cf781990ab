"""Japanese text and dates: both calendars, folding, search by bigrams, phrase breaks. Knows nothing of councils."""

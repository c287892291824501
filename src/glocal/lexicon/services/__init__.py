"""What is written: vocabularies brought in and taken out, and labels people propose."""

"""The words of the glossary as values: no input, no output, no time of its own."""

"""The code of Peyk's Rasa project: its channel, tracker store, classifier and actions."""

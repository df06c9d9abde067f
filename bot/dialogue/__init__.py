"""What to say: conversation state, follow-ups, small talk and the reply."""

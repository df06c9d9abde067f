"""Questions asked in vain: what identifies anybody struck out, and like ones put together. Pure."""

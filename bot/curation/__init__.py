"""Changes the facts of a running bot: a candidate is checked, compared, shown, and then used."""

"""How sure it must be what is meant, as confidences of the matcher: what the rules of a
conversation have in common."""

SURE = 0.75  # of what words mean that say little by themselves, or are a part of what was said
VERY_SURE = 0.8  # of what is asked in the bot's own words, or rather means another thing
CERTAIN = 0.9  # of what goes before a rule that is nearly always right

"""What kind of thing a question asks for."""

from __future__ import annotations

WHETHER, NOTHING = "whether", ""
WHAT, WHICH, HOW = "what", "which", "how"  # which take anything
WHO, WHEN, WHERE, WHY = "who", "when", "where", "why"
COUNT, MONEY, AGE, DURATION = "count", "money", "age", "duration"
LENGTH = "length"  # nobody asks for it with one word: 'how tall'
SAID = "said"  # what somebody said: 'what did Ann say'
MEASURED = frozenset({COUNT, DURATION, AGE, "frequency", "distance", MONEY})
STRICT = MEASURED | {WHO, WHEN, WHERE, WHY}  # an answer either holds such or does not

"""Question to facts: pure, synchronous, deterministic.

From a question to a decision it goes through these modules:

    engine                the matcher, which takes a question through all that follows
    text                  cut into sentences and tokens, without what is not language
    verbatim, quoted      is it a question of the base, or words of the source, as they stand there
    tags                  'it was on a Monday, right?' is a question, too
    mending, spelling     which words are misspelt, and what each may have been meant to be
    reading, lexicon      each word's part in the sentence, and what it means in this base
    kinship               a word that the base does not use, read as a kindred one that it does
    question              what is asked for; what these see in it is compared with the facts later:
    roles, belonging      who does what to whom, and whose something is
    counting, naming      how many of what, and which one
    clock                 at what hour
    search                to candidates, by the next five:
    head, features        the head names the likeliest items, by what the question is made of
    linear, meaning       its two parts: what its words are, and what they mean
    rank                  the evidence: how well an item's phrasings agree with the question
    gates, conflicts      what speaks against an item
    confidence            one number of all that: how likely it is that an item answers
    decide                to answer, to offer, or not to know
    correcting            asked again without what may be wrong in it: 'were there six?'
    scattered             asked again with what stands apart put together: 'the members many how'

Before the first question a base is learnt:

    learning              the whole of it, kept and read back
    drafts, tells         its phrasings and answers, read as questions; what an answer can tell
    index                 its phrasings by term, and what each item can be asked for
    teaching              from phrasings and answers to the head, by the next four:
    numbering, rivals     phrasings as numbers; the labels that a phrasing has to be told from
    training              the linear part
    discriminant          the meaning part
    calibrating           how sure the base may be, and how far it may believe each gate

Both stand on these:

    kinds                 the kinds of thing that are asked for: who, when, how many
    language, wordlist    what is known of a language, and its word lists, which stay in their files
    vectors               where its commonest words stand in meaning
    weights, shortlist    what features say for labels; which of thousands of labels to look at
    scores, lanes         logits as whole numbers; many numbers added up at once
    marks, packing        keys found among sorted ones; numbers to bytes and back
    solving               linear equations
    remembering           what was worked out lately

For others: what somebody types, completed, and why a question got what it got:

    complete, explain     for a chat's and Discord's completions; for whoever mends a base
"""

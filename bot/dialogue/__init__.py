"""What to say: conversation state, follow-ups, small talk and the reply.

From a message to its reply it goes through these modules:

    current                    the engine in use, which is exchanged whole
    answerer                   the one door: a message in, a reply and the conversation after it out
    quotations                 the fact that has the words which it quotes
    lengths                    takes off how long the answer should be: 'in two sentences'
    splitting                  cuts the message into its questions
    prelude                    what it says before the first of them
    one_sentence               what one sentence comes to: its question, or those that it joins
    one_question               what one of them comes to, by itself or in the conversation
    chat, phrasebook           is it small talk, or another set phrase
    overview                   which fact tells the whole: 'what is this about?'
    set_phrases, last_answer   'source?', 'exact words?', 'more', 'is that true?'
    leaning                    does it lean on the last question; the next eight try how:
    coreference, antecedents   on a pronoun: where it stands, and whom it means
    others                     on what it sets beside the last one: 'and the US?'
    bare                       because it says nothing of its own: 'why?'
    claims, pointing           on what somebody says of it, or on 'that': 'was that a record?'
    kindred                    on what the base relates to what was told: 'where?'
    chronology                 what the timeline has before it and after it
    inheriting, rewriting      what these come to, and the question written out in full
    mentions, references       whom a sentence names, and whom its pronouns may mean
    doubts                     does it hold something against the last answer: 'I read it was six'
    alternatives               which of two: 'who opened it, Ann or Bob?'
    clauses                    what a part of a long sentence asks
    telling                    from the matcher's decision to an answer, an offer or not knowing
    statements                 'what does Ann say?'
    who, describing            'who is Ann?', and who she is before what is told of her
    offers                     what may be meant, or is near what is not said
    compose                    facts side by side, with quotes, sources and suggestions
    worth                      which parts of the reply to several questions are told

What they hand on, and what they draw on:

    reply, conversation        the nouns: what every face renders, and what a follow-up draws on
    texts, plain               the bot's own words by name; a reply as plain text
    sureness                   how sure it must be what is meant
    pronouns                   which of 'he' and 'she' somebody is, seen once for a base
    articles                   whose name has an article before it, likewise
"""

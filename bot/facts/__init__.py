"""The fact base: its types, its loading, its checks, its verified quotes.

What all others know of it:

    model                 a base as frozen data
    folding               when two texts are the same

From a folder to a base it goes through these modules:

    locate, event_key     which base is meant; the id of the event in a file
    load                  every mistake at once, or the base, by all that follow
    files, limits         the files, read within limits
    yaml_nodes            YAML as nodes with positions
    syntax, recovery      what is wrong with text that is no YAML, and reading on behind it
    build, fields         nodes become records, by the format as tables
    traps                 a scalar as the text that a person meant, not what YAML makes of it
    draft                 what the files hold, with positions, before it is one base
    lint                  checks of meaning
    merge                 the draft becomes a base: references resolved, defaults filled in
    quotes, article       quotes found in a source's text, and locked by hash
    problems              what is wrong, where, and what to do

Then it is kept, to be read faster the next time:

    stored                a base as bytes and back

And `footnote check` doubts what the sources do not bear out:

    grounds, passages     holds facts against the paragraphs of their sources, read for that
    introductions         and names and roles
    timeline              and when it was against the order that it is told in
    phrasings             phrasings that draw what others ask
    doubt                 what is doubted: where, what, and what to do
    names                 who is named in a text
    metadata              what a base says of itself, which no source need repeat
    figures, tokens       the figures in a text, and the words and marks they are made of
    moments, quantities   days and times; numbers and parts of a whole
    wording               what is known of the language for that

For editors of fact bases:

    schema                the JSON Schema, made from the loader's own tables
"""

"""What the bot remembers: one SQLite file, and the face of it that the running bot uses.

From a note to the disk it goes through these modules:

    memory                the face: never on the path of a reply, and never a reason to stop
    store                 the tables of one file, opened together
    activity, gaps        votes, opt-outs and counts; questions asked in vain
    versions              the accepted bases, whole, and the log of who did what
    decided               what was decided once and stays
    pseudonyms            persons as keyed hashes
    database              the only door to SQLite: one act at a time

Beside that:

    records               the nouns that go in and come out
    migrations            how the tables came to their present form
    errors                what can be wrong with the store, each in one line
    backups               copies, written while it is in use and brought back while it is not
"""

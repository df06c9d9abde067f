"""Changes the facts of a running bot: a candidate is checked, compared, shown, and then used.

From other facts to their use it goes through these modules:

    refreshing            looks for them on a signal, or when files change
    curator               or is asked to take them; has them checked, and used once confirmed
    fetching              gets an archive from an https address
    candidates            has a candidate built in a process of its own
    orders                what the two processes say to each other
    building              in that process: takes it in, checks it, learns it, asks both engines
    archives              a base as one file, unpacked from whatever a stranger sends
    gate                  refuses a base that answers a known question worse than the one before
    changes, telling      what it would change in answers; that in plain text
    kept                  versions, who did what and why, and what people ask in vain

Beside that:

    starting              which base a bot begins with
    model                 the nouns: sources, candidates, what is in use, and why one is not taken
"""

"""The face on Discord.

From a question's arrival to its reply it goes through these modules:

    run, client                 connect, and take in what arrives
    messages                    a mention, a reply or a direct message that is for the bot
    commands, asking            or `/ask`, 'Ask about this', a follow-up
    answering                   around what an interaction asks: its errors are told
    courtesy, turns             may this person ask now; one question at a time
    desk, session               ask the engine, in what this person was talking about here
    render, plain, templates    the reply as a message, made safe, perhaps one that was drawn before
    sending                     to Discord, and nobody is pinged
    notebook                    what is counted and kept of it

Under a reply stand buttons:

    buttons, ids, presses       what they are, what they remember, and what comes of a press
    more, voting                all that the short reply left out; votes

To look through the facts, and for moderators:

    browse, browsing, privacy   pages; these on Discord; 'forget me'
    curating, changes, gaps     `/facts`, what it shows, and what people ask in vain
    notices, permissions, home  what moderators are told, and who may do what, and where

Around all of it:

    options                     what whoever runs the bot can choose
    sync, starts                registers the commands; slows down a bot that keeps connecting anew
    quiet                       discord.py's log
    sweeping                    forgets what people said when its time is over
    underway                    what must not be cut off by the stop
    invite, manage              for the command line
"""

from bot.platforms.discord.courtesy import Rate
from bot.platforms.discord.manage import invite_link, register_commands
from bot.platforms.discord.options import Options
from bot.platforms.discord.run import run_discord

__all__ = ["Options", "Rate", "invite_link", "register_commands", "run_discord"]

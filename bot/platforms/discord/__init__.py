"""The face on Discord. From a question's arrival to its reply it goes through these modules:

    run, client               connect, and take in what arrives
    messages                  a mention, a reply or a direct message that is for the bot
    commands, asking          or `/ask`, 'Ask about this', a follow-up; answering tells its errors
    courtesy, turns           may this person ask now; one question at a time
    desk, session             ask the engine, in what this person was talking about here
    render, plain, templates  the reply as a message, made safe, perhaps one that was drawn before
    sending                   to Discord, and nobody is pinged
    notebook                  what is counted and kept of it

Under a reply stand buttons, which remember in ids: presses, more, voting. To look through the
facts: browse makes pages, browsing shows them; privacy. For moderators: curating, changes, gaps,
notices, permissions. Around all of it: options, sync (the commands), starts, quiet (the log),
sweeping (what is to be forgotten), underway (the stop); invite and manage for the command line.
"""

from bot.platforms.discord.courtesy import Rate
from bot.platforms.discord.manage import invite_link, register_commands
from bot.platforms.discord.options import Options
from bot.platforms.discord.run import run_discord

__all__ = ["Options", "Rate", "invite_link", "register_commands", "run_discord"]

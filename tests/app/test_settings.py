"""Settings come from the environment and the file; mistakes are told at once, secrets never."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import FootnoteError
from bot.matching.decide import Thresholds
from bot.settings import SETTINGS, USUAL_ANSWER_FROM, Secret, Settings


def problems(environ: dict[str, str], config: Path) -> tuple[str, ...]:
    with pytest.raises(FootnoteError) as caught:
        Settings.from_env(environ, config)
    return caught.value.lines


def write(folder: Path, text: str) -> Path:
    file = folder / "footnote.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_nothing_set_is_fine(tmp_path: Path) -> None:
    settings = Settings.from_env({"HOME": "/home/ada"}, tmp_path / "none.yaml")

    assert settings.discord_token is None
    assert settings.knowledge is None
    assert settings.log == "INFO"
    assert settings.data == Path("/home/ada/.local/share/footnote")
    assert settings.cache == Path("/home/ada/.cache/footnote")


def test_the_users_own_folders_are_found_on_every_system(tmp_path: Path) -> None:
    none = tmp_path / "none.yaml"

    xdg = Settings.from_env({"HOME": "/h", "XDG_CACHE_HOME": "/caches"}, none)
    windows = Settings.from_env({"LOCALAPPDATA": "C:/Users/ada/AppData/Local"}, none)

    assert xdg.cache == Path("/caches/footnote")
    assert windows.data == Path("C:/Users/ada/AppData/Local/footnote")


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    file = write(tmp_path, "event: from-file\nhome_server: 41\nlog: debug\n")

    settings = Settings.from_env({"FOOTNOTE_EVENT": "from-environment"}, file)

    assert settings.event == "from-environment"
    assert settings.home_server == 41
    assert settings.log == "DEBUG"


@pytest.mark.parametrize("empty", ["event:", "event: ''", "event: ~", "# event: x", ""])
def test_an_empty_value_is_as_good_as_none(tmp_path: Path, empty: str) -> None:
    settings = Settings.from_env({"FOOTNOTE_KNOWLEDGE": "  "}, write(tmp_path, empty))

    assert settings.event is None
    assert settings.knowledge is None


def test_plain_words_of_yaml_stay_the_text_that_was_written(tmp_path: Path) -> None:
    settings = Settings.from_env({}, write(tmp_path, "event: no\nknowledge: 2018-11-09\n"))

    assert settings.event == "no"
    assert settings.knowledge == Path("2018-11-09")


def test_all_mistakes_are_told_at_once_with_their_place(tmp_path: Path) -> None:
    file = write(tmp_path, "evnet: x\nlog: loud\nhome_server: [1]\nlog: info\nzzz: 1\n")

    told = problems({"FOOTNOTE_HOME_SERVER": "home", "DISCORD_API_URL": "discord.example"}, file)

    assert [line.removeprefix(str(file)) for line in told] == [
        ":1:1: unknown setting `evnet`; did you mean `event`?",
        ":3:1: `home_server` has more than one value; write one",
        ":4:1: `log` is set twice; leave one",
        (
            ":5:1: unknown setting `zzz`; known are knowledge, event, data, "
            "cache, home_server, moderator_roles, admin_roles, answer_from, suggest_from, log, "
            "discord_channels, discord_person_rate, discord_channel_rate, "
            "discord_test_server, discord_moderators, discord_shards, discord_api_url, "
            "discord_gateway_url"
        ),
        (
            "FOOTNOTE_HOME_SERVER: 'home' will not do; write a number, as Discord's "
            "'Copy Server ID' gives it"
        ),
        ":2:1: 'loud' will not do; write one of debug, info, warning, error",
        (
            "DISCORD_API_URL: 'discord.example' will not do; write an address that begins with "
            "https:// or http://"
        ),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("event: [", "expected the node content"),
        ("- event", "these are no settings"),
        ("event: a: b", "mapping values are not allowed here"),
    ],
)
def test_a_file_that_is_no_settings_is_told_with_its_place(
    tmp_path: Path, text: str, told: str
) -> None:
    (line,) = problems({}, write(tmp_path, text))

    assert line.startswith(f"{tmp_path / 'footnote.yaml'}:1:")
    assert told in line


def test_a_named_file_must_be_there_and_readable(tmp_path: Path) -> None:
    named = tmp_path / "named.yaml"
    (missing,) = problems({"FOOTNOTE_CONFIG": str(named)}, tmp_path / "none.yaml")
    named.write_bytes(b"event: \xff")
    (garbled,) = problems({"FOOTNOTE_CONFIG": str(named)}, tmp_path / "none.yaml")

    assert missing.startswith(f"FOOTNOTE_CONFIG: there is no file {named}; ")
    assert garbled.startswith(f"{named}: cannot be read: it is not UTF-8 text; ")


@pytest.mark.parametrize("key", ["token", "discord_token", "DISCORD_TOKEN"])
def test_a_token_in_the_file_is_refused_and_not_repeated(tmp_path: Path, key: str) -> None:
    (line,) = problems({}, write(tmp_path, f"{key}: hunter2\n"))

    assert line.endswith("a token does not belong in a file; set DISCORD_TOKEN instead")
    assert "hunter2" not in line


def test_a_key_that_can_be_guessed_is_refused_and_not_repeated(tmp_path: Path) -> None:
    (line,) = problems({"FOOTNOTE_KEY": "hunter2"}, tmp_path / "none.yaml")
    settings = Settings.from_env({"FOOTNOTE_KEY": "sixteen letters!"}, tmp_path / "none.yaml")

    assert line == (
        "FOOTNOTE_KEY: this key will not do; write a long random text, 16 characters or more"
    )
    assert settings.key == Secret("sixteen letters!")


def test_what_a_threshold_is_unless_set_is_what_the_matcher_takes(tmp_path: Path) -> None:
    assert Thresholds().answer == USUAL_ANSWER_FROM
    settings = Settings.from_env({"FOOTNOTE_SUGGEST_FROM": "0.4"}, tmp_path / "none.yaml")
    assert settings.suggest_from == USUAL_ANSWER_FROM


def test_a_secret_shows_only_when_it_is_asked_for(tmp_path: Path) -> None:
    settings = Settings.from_env({"DISCORD_TOKEN": " hunter2 "}, tmp_path / "none.yaml")

    assert settings.discord_token == Secret("hunter2")
    assert settings.discord_token.reveal() == "hunter2"
    assert "hunter2" not in f"{settings} {settings!r} {settings.discord_token}"


def test_lists_and_rates_are_read_and_checked(tmp_path: Path) -> None:
    environ = {"DISCORD_CHANNELS": "12, 34", "DISCORD_PERSON_RATE": "3/10"}
    settings = Settings.from_env(environ, tmp_path / "none.yaml")
    wrong = {"DISCORD_CHANNELS": "12 34", "DISCORD_PERSON_RATE": "3/0"}

    assert settings.discord_channels == {12, 34}
    assert settings.discord_person_rate == (3, 10)
    assert settings.discord_channel_rate is None
    assert [line.partition(":")[0] for line in problems(wrong, tmp_path / "none.yaml")] == [
        "DISCORD_CHANNELS",
        "DISCORD_PERSON_RATE",
    ]


@pytest.mark.parametrize("rate", ["99999999999999999999/30", "1001/30", "5/86401", "5/0", "5"])
def test_a_rate_that_nobody_can_mean_is_told(tmp_path: Path, rate: str) -> None:
    (line,) = problems({"DISCORD_PERSON_RATE": rate}, tmp_path / "none.yaml")

    assert line == (
        f"DISCORD_PERSON_RATE: {rate!r} will not do; write questions and seconds, such as 5/30, "
        "at most 1000/86400; 0/30 for no limit"
    )


@pytest.mark.parametrize("variable", ["FOOTNOTE_KNOWLEDGE", "FOOTNOTE_DATA", "FOOTNOTE_CACHE"])
def test_a_folder_below_the_home_of_nobody_is_told(tmp_path: Path, variable: str) -> None:
    (line,) = problems({variable: "~nobody-of-this-name/x"}, tmp_path / "none.yaml")

    assert line == (
        f"{variable}: '~nobody-of-this-name/x' will not do; write the folder's whole path, "
        "for whose home `~` means is not known"
    )


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("DISCORD_SHARDS", "0", "a whole number from 1 to 1000"),
        ("DISCORD_SHARDS", "1001", "a whole number from 1 to 1000"),
        ("DISCORD_SHARDS", "two", "a whole number from 1 to 1000"),
        ("DISCORD_MODERATORS", "#mods", "a number, as Discord's 'Copy Channel ID' gives it"),
        ("DISCORD_TEST_SERVER", "mine", "a number, as Discord's 'Copy Server ID' gives it"),
        (
            "FOOTNOTE_ADMIN_ROLES",
            "@admins",
            "numbers with commas between them, as Discord's 'Copy Role ID' gives them",
        ),
    ],
)
def test_a_wrong_number_is_told_with_what_it_counts_or_whose_id_it_is(
    tmp_path: Path, variable: str, value: str, expected: str
) -> None:
    (line,) = problems({variable: value}, tmp_path / "none.yaml")

    assert line == f"{variable}: {value!r} will not do; write {expected}"


def test_the_shipped_file_names_every_setting_that_may_stand_in_a_file() -> None:
    shipped = Path(__file__).resolve().parents[2] / "config" / "footnote.yaml"
    lines = shipped.read_text(encoding="utf-8").splitlines()

    keys = {line.partition(":")[0] for line in lines if line and not line.startswith("#")}

    assert keys == {setting.key for setting in SETTINGS if setting.key}
    assert Settings.from_env({}, shipped).log == "INFO"


@pytest.mark.parametrize("value", ["info", "'info'", "info  # told", "info\n# more: no", '"info"'])
def test_plain_and_quoted_lines_mean_the_same(tmp_path: Path, value: str) -> None:
    assert Settings.from_env({}, write(tmp_path, f"data:\nlog: {value}\n")).log == "INFO"


@pytest.mark.parametrize("value", ["null", "Null", "~", "", "NULL "])
def test_a_line_that_says_nothing_sets_nothing(tmp_path: Path, value: str) -> None:
    assert Settings.from_env({}, write(tmp_path, f"event: {value}\nlog: info\n")).event is None


def test_an_address_of_facts_is_no_folder(tmp_path: Path) -> None:
    environ = {"FOOTNOTE_KNOWLEDGE": "https://example.org/base.zip"}

    settings = Settings.from_env(environ, tmp_path / "none.yaml")

    assert settings.knowledge is None
    assert settings.knowledge_address == "https://example.org/base.zip"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org:99999/base.zip?token=hidden",
        "https://hidden@example.org:abc/base.zip",
        "https://[hidden/base.zip",
        "https://",
    ],
)
def test_an_address_of_facts_that_is_none_is_told_without_what_may_be_secret_in_it(
    tmp_path: Path, address: str
) -> None:
    (line,) = problems({"FOOTNOTE_KNOWLEDGE": address}, tmp_path / "none.yaml")

    assert line == (
        "FOOTNOTE_KNOWLEDGE: this address will not do; write a folder, or an address such as "
        "https://example.org/base.zip"
    )


@pytest.mark.parametrize("variable", ["DISCORD_API_URL", "DISCORD_GATEWAY_URL"])
def test_a_port_that_is_none_is_told(tmp_path: Path, variable: str) -> None:
    scheme = "https" if variable == "DISCORD_API_URL" else "wss"

    (line,) = problems({variable: f"{scheme}://example.org:99999"}, tmp_path / "none.yaml")

    assert line.startswith(f"{variable}: '{scheme}://example.org:99999' will not do; write an")


def test_roles_are_numbers_with_commas(tmp_path: Path) -> None:
    file = write(tmp_path, "moderator_roles: 41, 42\nadmin_roles: 43\n")

    settings = Settings.from_env({}, file)

    assert settings.moderator_roles == {41, 42}
    assert settings.admin_roles == {43}

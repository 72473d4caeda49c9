"""Settings come from file and environment, and a wrong one is refused with its name and the way out."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from answerback.settings import Settings, SettingsError, load_settings, secret_keys

LONG = "x" * 40


def test_nothing_set_means_the_embedded_database_in_the_users_data_folder() -> None:
    settings = load_settings({})
    assert settings.database_url is None
    assert settings.data_dir.is_absolute()


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "answerback.toml"
    file.write_text('public_url = "https://file.example"\nlog_level = "debug"\n')
    found = load_settings({"ANSWERBACK_SETTINGS_FILE": str(file), "ANSWERBACK_PUBLIC_URL": "https://env.example"})
    assert (found.public_url, found.log_level) == ("https://env.example", "debug")


def test_an_empty_variable_counts_as_unset() -> None:
    assert load_settings({"ANSWERBACK_DATABASE_URL": " "}).database_url is None


@pytest.mark.parametrize(
    ("variable", "value", "way_out"),
    [
        ("ANSWERBACK_DATABASE_URL", "mysql://here/db", "postgresql://"),
        ("ANSWERBACK_PUBLIC_URL", "texts.example.org", "https://"),
        ("ANSWERBACK_SECRET_KEY", "short", "token_urlsafe"),
        ("ANSWERBACK_SECRET_KEY", f"{LONG},short", "token_urlsafe"),
        ("ANSWERBACK_LOG_LEVEL", "loud", "debug, info"),
        ("ANSWERBACK_LOG_FORMAT", "xml", "json"),
    ],
)
def test_a_wrong_value_names_the_variable_and_the_way_out(variable: str, value: str, way_out: str) -> None:
    with pytest.raises(SettingsError, match=variable) as refused:
        load_settings({variable: value})
    assert way_out in str(refused.value)


def test_a_refused_secret_is_not_repeated() -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings({"ANSWERBACK_SECRET_KEY": "hunter2"})
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [("publik_url = 'x'", "not a setting"), ("log_level = 3", "must be text"), ("log_level =", "not valid TOML")],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "answerback.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=message):
        load_settings({"ANSWERBACK_SETTINGS_FILE": str(file)})


def test_a_missing_file_is_refused() -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings({"ANSWERBACK_SETTINGS_FILE": "/nowhere/answerback.toml"})


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: secret_keys(settings), range(16)))
    assert len(found) == 1
    assert stat.S_IMODE((tmp_path / "data" / "secret.key").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["secret.key"]


def test_several_keys_are_given_newest_first(tmp_path: Path) -> None:
    settings = load_settings({"ANSWERBACK_SECRET_KEY": f"{LONG}new, {LONG}old", "ANSWERBACK_DATA_DIR": str(tmp_path)})
    assert secret_keys(settings) == (f"{LONG}new", f"{LONG}old")


def test_an_emptied_key_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("")
    with pytest.raises(SettingsError, match="backup"):
        secret_keys(Settings(data_dir=tmp_path))


def test_every_setting_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs/reference/settings.md").read_text()
    assert [field for field in Settings.__struct_fields__ if f"`ANSWERBACK_{field.upper()}`" not in page] == []

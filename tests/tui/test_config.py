"""The user's settings: what they change, and one clear line for whatever is wrong in them."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui import config as module
from tui import config_looks, locations
from tui.commands import command_names
from tui.config import CLASSES, Config, Loaded, chosen_language, load_config
from tui.config_nodes import Entries, read_nodes

COMMANDS = ("quit", "next_article", "export")


def load(tmp_path: Path, text: str | bytes) -> Loaded:
    path = tmp_path / "config.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_config(path, COMMANDS)


def problems(tmp_path: Path, text: str | bytes) -> list[str]:
    return [str(problem) for problem in load(tmp_path, text).problems]


class TestDefaults:
    def test_are_all_in_the_bundled_file(self) -> None:
        """A setting without a documented default could not be found by its user."""
        root = read_nodes(locations.bundled("config.yaml").read_text(encoding="utf-8"))
        assert isinstance(root, Entries)
        assert [key.text for key, _ in root.entries] == [field.name for field in fields(Config)]

    def test_have_no_problems(self) -> None:
        loaded = load_config(None, command_names())
        assert loaded.problems == ()
        assert loaded.path == locations.config_file()

    def test_are_in_force_without_a_file(self, own_home: Path) -> None:
        config = load_config(None, COMMANDS).config
        assert config.library == ()
        assert config.data == own_home / "data" / "kuaibao"
        assert config.styles == own_home / "config" / "kuaibao" / "styles"
        assert config.reviewer is None
        assert set(config.colours) == set(CLASSES)
        assert config.keys == {}

    def test_every_theme_is_named_in_the_manual(self, root: Path) -> None:
        manual = (root / "docs" / "configuration.md").read_text(encoding="utf-8")
        assert [name for name in config_looks.theme_names() if f"`{name}`" not in manual] == []

    def test_are_documented_line_by_line(self) -> None:
        lines = locations.bundled("config.yaml").read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            if line and not line.startswith(("#", " ")):
                assert lines[number - 1].startswith("#"), line

    def test_need_no_textual(self) -> None:
        """It takes 90 ms, and `kuaibao paths` draws nothing."""
        code = (
            "import sys; from tui.config import load_config; load_config(None, ['quit']);"
            "sys.exit('textual' in sys.modules)"
        )
        assert subprocess.run([sys.executable, "-c", code]).returncode == 0

    def test_reading_takes_a_moment_only(self) -> None:
        """The first frame waits for it; 8 ms are allowed, this machine needs less than 1."""
        load_config(None, COMMANDS)
        times = []
        for _ in range(5):
            start = time.perf_counter()
            load_config(None, COMMANDS)
            times.append(time.perf_counter() - start)
        assert min(times) < 0.008


class TestUsersFile:
    def test_overrides_what_it_names_and_nothing_else(self, tmp_path: Path) -> None:
        loaded = load(
            tmp_path,
            "reviewer: 沈三\nlanguage: zh_CN\ncolours: {amount: '#ffaa00'}\n"
            "quick_tags:\n  1: 重要\n  2: 待核实\nhighlights: [amount, date]\n",
        )
        assert loaded.problems == ()
        config = loaded.config
        assert (config.reviewer, config.language) == ("沈三", "zh_CN")
        assert config.colours["amount"] == "#ffaa00"
        assert config.colours["person"] == "auto"
        assert config.quick_tags == {"1": "重要", "2": "待核实"}
        assert config.highlights == ("amount", "date")
        assert config.theme == "kuaibao-dark"

    def test_paths_start_at_its_folder_or_at_home(self, tmp_path: Path, own_home: Path) -> None:
        config = load(tmp_path, "library: [a, ~/b, /c, a]\ndata: d\nstyles: ~/s\n").config
        assert config.library == (tmp_path / "a", own_home / "b", Path("/c"))
        assert config.data == tmp_path / "d"
        assert config.styles == own_home / "s"

    def test_a_single_value_stands_for_a_list(self, tmp_path: Path) -> None:
        assert load(tmp_path, "library: /c\n").config.library == (Path("/c"),)

    def test_keys_are_named_as_the_screen_names_them(self, tmp_path: Path) -> None:
        config = load(tmp_path, "keys: {quit: [ctrl+x, '/'], export: [], next_article: N}").config
        assert config.keys == {"quit": ("ctrl+x", "slash"), "export": (), "next_article": ("N",)}

    @pytest.mark.parametrize(
        ("written", "key"),
        [
            ("Ctrl+X", "ctrl+x"),
            ("shift+x", "X"),
            ("F2", "f2"),
            ("ctrl+i", "tab"),
            ("shift+alt+up", "alt+shift+up"),
            ("'+'", "plus"),
            ("ctrl++", "ctrl+plus"),
            ("question_mark", "question_mark"),
            ("'_'", "underscore"),
            ("é", "é"),
        ],
    )
    def test_a_key_may_be_written_in_many_ways(
        self, tmp_path: Path, written: str, key: str
    ) -> None:
        loaded = load(tmp_path, f"keys: {{export: {written}}}\n")
        assert loaded.problems == ()
        assert loaded.config.keys == {"export": (key,)}

    def test_commands_may_change_their_keys_with_each_other(self, tmp_path: Path) -> None:
        loaded = load(tmp_path, "keys: {quit: E, export: q}\n")
        assert loaded.problems == ()
        assert loaded.config.keys == {"quit": ("E",), "export": ("q",)}

    def test_keys_of_the_selection_have_clashes_of_their_own(self, tmp_path: Path) -> None:
        text = "selection_keys:\n  sentence: [s, space]\n  note: t\n  sentenc: x\n"
        loaded = load(tmp_path, text)
        assert loaded.config.selection_keys == {"sentence": ("s", "space")}
        told = [str(problem).partition(": ")[2] for problem in loaded.problems]
        assert told == [
            "note: “t” is a key of tag already; choose another key",
            "unknown key “sentenc”; did you mean “sentence”?",
        ]

    def test_half_of_an_exchange_that_fails_fails_too(self, tmp_path: Path) -> None:
        loaded = load(tmp_path, "keys:\n  export: q\n  quit: J\n")
        assert loaded.config.keys == {}
        assert [problem.line for problem in loaded.problems] == [2, 3]

    @pytest.mark.parametrize("colour", ["red", "'#abc'", "$accent", "$mention-person", "ansi_red"])
    def test_colours_may_be_named(self, tmp_path: Path, colour: str) -> None:
        loaded = load(tmp_path, f"colours: {{amount: {colour}}}\n")
        assert loaded.problems == ()
        assert loaded.config.colours["amount"] == colour.strip("'")

    @pytest.mark.parametrize("word", ["no", "on", "08", "1e3", "2024-01-01", "0x1F"])
    def test_a_value_is_what_was_written(self, tmp_path: Path, word: str) -> None:
        """YAML 1.1 would make a truth value, a number or a date of each of these."""
        loaded = load(tmp_path, f"reviewer: {word}\nquick_tags: {{1: {word}}}\n")
        assert loaded.problems == ()
        assert loaded.config.reviewer == word
        assert loaded.config.quick_tags["1"] == word

    @pytest.mark.parametrize("word", ["null", "~", ""])
    def test_nothing_is_written_as_null(self, tmp_path: Path, word: str) -> None:
        assert load(tmp_path, f"reviewer: {word}\n").config.reviewer is None

    @pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "\ufeff\n", "{}"])
    def test_may_be_empty(self, tmp_path: Path, text: str) -> None:
        assert problems(tmp_path, text) == []

    def test_may_have_windows_line_ends_and_a_mark_in_front(self, tmp_path: Path) -> None:
        loaded = load(tmp_path, "\ufeffreviewer: 甲\r\ntheme: nord\r\n".encode())
        assert (loaded.config.reviewer, loaded.config.theme) == ("甲", "nord")


class TestProblems:
    def test_an_unknown_key_has_file_line_and_the_nearest_name(self, tmp_path: Path) -> None:
        assert problems(tmp_path, "reviewer: a\nthme: dark\n") == [
            "config.yaml:2: unknown key “thme”; did you mean “theme”?"
        ]

    def test_a_key_like_no_other_gets_no_guess(self, tmp_path: Path) -> None:
        assert problems(tmp_path, "公报: 1\n") == ["config.yaml:1: unknown key “公报”"]

    def test_names_inside_a_setting_are_checked_too(self, tmp_path: Path) -> None:
        found = problems(tmp_path, "keys:\n  nxt_article: J\ncolours:\n  persons: red\n")
        assert found == [
            "config.yaml:2: unknown key “nxt_article”; did you mean “next_article”?",
            "config.yaml:4: unknown key “persons”; did you mean “person”?",
        ]

    @pytest.mark.parametrize(
        ("text", "line", "words"),
        [
            ("theme: [1]\n", 1, "theme: a text is expected"),
            ("a: 1\nlanguage: ZH_cn\n", 2, "did you mean “zh_CN”"),
            ("language: klingon\n", 1, "possible are: auto, en, zh_CN"),
            ("highlights:\n - amount\n - persn\n", 3, "did you mean “person”"),
            ("library: {a: b}\n", 1, "a list is expected"),
            ("keys: [a, b]\n", 1, "“name: value” lines are expected"),
            ("keys: {quit: 'a b'}\n", 1, "is not a key"),
            ("keys: {quit: 5}\n", 1, "“5” sets a quick tag"),
            ("keys:\n  quit: foo+x\n", 2, "is not a key"),
            ("keys: {quit: ctrl+nonsense}\n", 1, "“ctrl+nonsense” is not a key"),
            ("keys: {quit: ctrl+escpe}\n", 1, "did you mean “ctrl+escape”?"),
            ("keys: {quit: ctrl+}\n", 1, "is not a key"),
            ("keys: {quit: ctrl+p}\n", 1, "opens the palette"),
            ("keys:\n\n  next_article: q\n", 3, "“q” is a key of quit already"),
            ("keys:\n  quit: Q\n  export: ctrl+q\n", 3, "“ctrl+q” is a key of quit already"),
            ("keys: {quit: x,\n  export: x}\n", 2, "export: “x” is a key of quit already"),
            ("theme: monokia\n", 1, "did you mean “monokai”? There are: kuaibao-dark, "),
            ("theme: 蓝\n", 1, "solarized-light"),
            ("colours: {amount: blau}\n", 1, "did you mean “blue”?"),
            ("colours:\n  amount: $text\n", 2, "“$text” is not a colour"),
            ("colours: {amount: transparent}\n", 1, "is not a colour"),
            ("colours: {amount: $acent}\n", 1, "did you mean “$accent”?"),
            ("highlights: [蓝]\n", 1, "document, program, technology"),
            ("colours: {amount: '#12'}\n", 1, "is not a colour"),
            ("quick_tags: {11: a}\n", 1, "the digits 1 to 9 and 0 do"),
            ("quick_tags: {1: }\n", 1, "there is none"),
            ('reviewer: "\\e]52;c;QQ==\\a"\n', 1, "control characters"),
            ('library: ["a\\0b"]\n', 1, "control characters"),
            (f"reviewer: {'长' * 500}\n", 1, "longer than 200"),
            ("library: [~nobody-of-this-name/x]\n", 1, "home folder"),
        ],
    )
    def test_a_wrong_value_is_one_line_and_the_default_stays(
        self, tmp_path: Path, text: str, line: int, words: str
    ) -> None:
        loaded = load(tmp_path, text)
        shown = [str(problem) for problem in loaded.problems]
        assert any(words in one and one.startswith(f"config.yaml:{line}: ") for one in shown), shown
        default = load_config(None, COMMANDS).config
        key = text.splitlines()[line - 1].split(":")[0] if "\n -" not in text else "highlights"
        if key in {field.name for field in fields(Config)}:
            assert getattr(loaded.config, key) == getattr(default, key)

    def test_one_wrong_entry_does_not_take_the_others_away(self, tmp_path: Path) -> None:
        config = load(tmp_path, "keys: {quit: '', export: f9}\n").config
        assert config.keys == {"export": ("f9",)}

    def test_of_a_key_that_is_set_twice_the_last_counts(self, tmp_path: Path) -> None:
        loaded = load(tmp_path, "theme: nord\nreviewer: x\ntheme: monokai\n")
        assert loaded.config.theme == "monokai"
        assert [str(problem) for problem in loaded.problems] == [
            "config.yaml:3: “theme” is set twice, first in line 1; the last one counts"
        ]

    def test_are_in_the_order_of_the_lines(self, tmp_path: Path) -> None:
        lines = [
            problem.line
            for problem in load(tmp_path, "theme: []\na: 1\nlibrary: {a: 1}\n").problems
        ]
        assert lines == sorted(lines, key=lambda line: line or 0)

    def test_show_no_control_characters(self, tmp_path: Path) -> None:
        (found,) = problems(tmp_path, '"\\e[31m[bold]\\n{x}": 1\n')
        assert "\x1b" not in found
        assert "\n" not in found
        assert "[bold]" in found


class TestHostileFiles:
    """Nothing that stands in the file may run, hang, recurse or stop the program."""

    @pytest.mark.parametrize(
        ("text", "line", "words"),
        [
            ("a:\n\t- b\n", 2, "a tab can't indent"),
            ("tags:\n  - 甲\n  - {name: x", 3, "not valid YAML"),
            ("- a\n- b\n", 1, "“name: value” lines"),
            ("42", 1, "“name: value” lines"),
            ("<<: 5\n", 1, "unknown key “<<”"),
            ("a: &a [*a]\n", 1, "anchors and aliases"),
            ("a: &a [x]\nb: *a\n", 1, "anchors and aliases"),
            ("x: !!python/name:os.system\n", 1, "tags"),
            ("\nx: !!python/object/apply:os.system ['exit']\n", 2, "tags"),
            ("[" * 3000 + "]" * 3000, 1, "nested too deeply"),
            ("{a: " * 3000, 1, "nested too deeply"),
            ("? " * 3000, 1, "a key must be a word"),
            ("theme: a\n---\ntheme: b\n", 2, "only one document"),
            ("theme: a\nb: \x07\n", 2, "control character (U+0007)"),
            ("? [a, b]\n: c\n", 1, "a key must be a word"),
            ("theme: a\nreviewer: 沈三\n".encode("gb18030"), 2, "not UTF-8"),
            ("theme: a\n".encode("utf-16"), 1, "not UTF-8"),
            ("k: v\n" * 12_000, None, "holds too much"),
            (b"#" * 1_100_000, None, "holds too much"),
        ],
    )
    def test_give_one_clear_line(
        self, tmp_path: Path, text: str | bytes, line: int | None, words: str
    ) -> None:
        start = time.perf_counter()
        loaded = load(tmp_path, text)
        assert time.perf_counter() - start < 1
        shown = [str(problem) for problem in loaded.problems]
        assert len(shown) == 1
        assert words in shown[0]
        if line is not None:
            assert shown[0].startswith(f"config.yaml:{line}: ")
        assert loaded.config == load_config(None, COMMANDS).config

    def test_a_billion_laughs_are_not_heard(self, tmp_path: Path) -> None:
        lines = ["a0: &a0 [ha, ha]"]
        lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
        assert len(problems(tmp_path, "\n".join(lines))) == 1

    @pytest.mark.parametrize("kind", ["folder", "pipe", "loop", "missing"])
    def test_what_is_no_file_is_said_to_be_none(self, tmp_path: Path, kind: str) -> None:
        import os

        path = tmp_path / "config.yaml"
        match kind:
            case "folder":
                path.mkdir()
            case "pipe":
                os.mkfifo(path)
            case "loop":
                path.symlink_to(path)
        (problem,) = load_config(path, COMMANDS).problems
        assert problem.line is None
        assert str(problem).startswith("config.yaml: ")

    def test_problems_speak_chinese(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Translated when shown: the language may be a setting of the very same file."""
        loaded = load(tmp_path, "thme: x\n")
        monkeypatch.setattr(
            module, "tr", lambda message: message.replace("unknown key", "未知设置")
        )
        assert "未知设置" in str(loaded.problems[0])

    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(st.text(alphabet="ab:[]{}-,?!&*#|>'\"\\ \t\n\r%@`~\x00\x85\u2028甲", max_size=60))
    def test_any_text_gives_settings(self, tmp_path: Path, text: str) -> None:
        loaded = load(tmp_path, text)
        assert isinstance(loaded.config, Config)
        assert all("\n" not in str(problem) for problem in loaded.problems)

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(st.binary(max_size=40))
    def test_any_bytes_give_settings(self, tmp_path: Path, data: bytes) -> None:
        assert isinstance(load(tmp_path, data).config, Config)


@pytest.mark.parametrize(
    ("choice", "environment", "language"),
    [
        ("en", {"LANG": "zh_CN.UTF-8"}, "en"),
        ("auto", {"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ("auto", {"LANG": "C", "LC_ALL": "zh_CN"}, "zh_CN"),
        ("auto", {"LANG": "zh_CN", "LC_ALL": "", "LC_MESSAGES": "de_DE"}, "en"),
        ("auto", {}, "en"),
    ],
)
def test_auto_follows_the_environment(
    choice: str, environment: dict[str, str], language: str
) -> None:
    assert chosen_language(choice, environment) == language

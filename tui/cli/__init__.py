"""The command line: `kuaibao [PATH…]` reads, `kuaibao COMMAND …` does something else.

Nothing heavy is imported before it is known what is asked for.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from tui.cli import output
from tui.cli.options import COMMANDS, UsageError, parse

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from tui.config import Loaded


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0, 1 (something failed) or 2 (asked for wrongly)."""
    output.prepare()
    try:
        status = _run(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
        return status
    except UsageError as error:
        output.complain(str(error))
        return 2
    except BrokenPipeError:
        output.give_up_stdout()
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        reason = error.strerror or str(error)
        name = error.filename if isinstance(error.filename, str) else None
        output.complain(f"{name}: {reason}" if name else reason)
        output.give_up_stdout()
        return 1
    except Exception as error:
        from tui.cli.failures import report

        output.complain(report(error))
        return 1


def _run(argv: Sequence[str]) -> int:
    arguments = parse(argv, os.environ)
    if isinstance(arguments, str):  # the text of --help or --version
        print(arguments)
        return 0
    loaded = _configured(arguments)
    if arguments.command != "read":  # the app shows them itself
        for problem in loaded.problems:
            output.complain(str(problem))
    run = COMMANDS[arguments.command].load()
    return run(arguments, loaded)


def _configured(arguments: Namespace) -> Loaded:
    """The configuration with what the options override, and its language in force."""
    from dataclasses import replace
    from pathlib import Path

    from tui.commands import command_names
    from tui.config import chosen_language, load_config
    from tui.locale import set_language, tr

    path = None if arguments.config is None else Path(arguments.config)
    loaded = load_config(path, command_names())
    if path is not None and any(problem.line is None for problem in loaded.problems):
        missing = next(problem for problem in loaded.problems if problem.line is None)
        raise UsageError(tr("{path}: {reason}").format(path=path, reason=missing.explained()))
    config = loaded.config
    if arguments.data is not None:
        config = replace(config, data=Path(arguments.data).absolute())
    if arguments.language is not None:
        config = replace(config, language=arguments.language)
    set_language(chosen_language(config.language, os.environ))
    return replace(loaded, config=config)

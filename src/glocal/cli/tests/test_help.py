"""Help answers at once."""

import subprocess
import sys
from pathlib import Path

from glocal.cli.main import COMMANDS
from glocal.cli.tests.program import environment


def test_help_lists_every_command_without_loading_any(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from glocal.cli.main import main\n"
        "try:\n    main(['--help'])\n"
        "except SystemExit:\n    pass\n"
        "heavy = {'django', 'numpy', 'granian', 'rich', 'openpyxl'} & set(sys.modules)\n"
        "print('heavy:', sorted(heavy))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(tmp_path / "nowhere"),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.endswith("heavy: []\n")
    assert all(f"  {name} " in done.stdout for name in COMMANDS)
    assert not (tmp_path / "nowhere").exists()

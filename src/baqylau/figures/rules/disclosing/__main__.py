"""Choices in a process of its own: questions on standard input, choices on standard output.

One on each line.

`python -m baqylau.figures.rules.disclosing BYTES SECONDS`: memory (address space) and CPU at most.
Ends with 3 and one sentence when the question contradicts itself, with 4 without memory.
"""

import resource
import sys

from baqylau.figures.rules.disclosing.carrying import answered, question_of
from baqylau.figures.rules.disclosing.choosing import choose

CONTRADICTION, NO_MEMORY = 3, 4


def main() -> int:
    """Answer each question."""
    memory, seconds = map(int, sys.argv[1:])
    for name, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        resource.setrlimit(name, (most, most))
    try:
        for line in sys.stdin.buffer.read().splitlines():
            sys.stdout.buffer.write(answered(choose(question_of(line))) + b"\n")
            sys.stdout.buffer.flush()  # whoever ends this process has what was chosen by then
    except ValueError as error:
        sys.stderr.write(str(error))
        return CONTRADICTION
    except MemoryError:
        return NO_MEMORY
    return 0


if __name__ == "__main__":
    sys.exit(main())

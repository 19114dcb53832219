"""The choice in a process of its own: a question on standard input, the choice on standard output.

`python -m baqylau.figures.rules.disclosing BYTES SECONDS`: memory (address space) and CPU at most.
Ends with 3 and one sentence when the question contradicts itself.
"""

import resource
import sys

from baqylau.figures.rules.disclosing.carrying import answered, question_of
from baqylau.figures.rules.disclosing.choosing import choose

CONTRADICTION = 3


def main() -> int:
    """Answer one question."""
    memory, seconds = map(int, sys.argv[1:])
    for name, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        resource.setrlimit(name, (most, most))
    try:
        choice = choose(question_of(sys.stdin.buffer.read()))
    except ValueError as error:
        sys.stderr.write(str(error))
        return CONTRADICTION
    sys.stdout.buffer.write(answered(choice))
    return 0


if __name__ == "__main__":
    sys.exit(main())

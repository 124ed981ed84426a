"""What the page says beside its figures."""

from __future__ import annotations

from typing import Final

HEAD: Final = """# How well drafting reads

`make bench-draft` writes this: what `kg draft` proposes, held against [a hundred and seventy texts](drafting/README.md) of which all that they state is written
down, and against the first shipped source with its 81 facts. The text of that one is not ours to keep: `SEED=path/to/article.txt make bench-draft`
measures it, too. Ninety-six texts are *tuned*: whoever works on the grammar reads them, and so are the twenty-eight *structures*, which were written around how sentences are built. Twenty are *held*, for measuring alone. So are the sixteen *fresh* and the ten *later* ones, which
the hands that mended the grammar last had written before they did, each together with as many that are tuned by now: they are nearer to what was mended for, and their figures read so.

A proposal is right where it is of the kind of a statement of the gold, has the same number or range, or the same status, and its words overlap those of the gold, of a status report
by half or more of the shorter; each counts once, by maximum matching ([matching.py](drafting/matching.py)). The three kinds are targets, observations and status reports. Behind a figure stands
between what it lies in nineteen of twenty draws of as many texts, since texts are few."""

FOUND: Final = "\n## What is found"

EXACT: Final = """
## How exact it is

Of the pairs of the three kinds: in how many both say the same, of those in which either says anything. The unit is the indicator's where none is said. A day
is exact without its precision, which stands apart. *About* is the very initiative; of one that the graph does not know yet, its company and kind."""

PEERS: Final = """
## Beside the nearest tools

In the same run, on the same texts, as a user would put them together in an afternoon: [quantulum3 with dateparser](drafting/quantities.py) and
[spaCy's rules](drafting/rules.py), each with a [list of verbs](drafting/keywords.py) and the names of the shipped graph. *Whole* counts as right only what is exact in all
that a verdict would rest on: company, indicator, number, unit, comparator, day and status. None of them was made for this; that is the point."""

RECORDED: Final = """
LangExtract needs a model. To measure its matching, [answers](drafting/recorded/) were written by hand for some of the tuned texts as a model might give them, the usual
faults included. They say nothing of a model: only what LangExtract makes of words that are put a little differently."""

PUBLISHED: Final = """
## Beside what is published

[ML-Promise](https://arxiv.org/abs/2411.04473) (EMNLP 2025) and [SemEval-2025 task 6](https://sites.google.com/view/promiseeval/tasks) ask of paragraphs of reports on
sustainability whether there is a promise, when to come back to it (within 2 years, in 2 to 5, later, other) and whether it is borne out. They report, in English, 0.76 for
*is there one* and 0.53 for its timing, and a ROUGE-L of 0.10 to 0.24 for the words of the promise; none of that was run again here. The same measures ([promises.py](drafting/promises.py)):

- **Comparable** in what is asked: yes or no, the classes of time, ROUGE-L of the words.
- **Not comparable** in what it is asked of: sentences of short news, where nearly every text has a promise, and not paragraphs of reports, scanned, in which most are vague; and
  a promise of ours has a statement of the model, where theirs is a judgement. The clarity of a pair is left out: the model has no term for it.
- *Borne out* is told of a text: whether it states anything done or measured."""

COST: Final = """
## What it costs

Articles of 3,000 characters, drawn from the paragraphs of the tuned and held texts with other figures; processor seconds of one process, with the names of the graph read before. `kg draft` is
measured twice: from the bytes of a page to those of a source, and, as the others are, from a text to its proposals. The others were asked a tenth of the articles, and the seconds are
ten times theirs."""

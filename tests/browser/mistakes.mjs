/*
 * mistakes.mjs: what trainers get wrong most often (the table of the course format), made in the texts that the
 * program itself offers to start from.
 *
 * Each writes `to` in the place of `from`. The checker then names `code` in the line that holds `at`, and says
 * how to mend it: in its sentence (`says`), or with the corrected line. `offers`: the button puts it in; true
 * when that gives back what was there, else what it makes of `at`.
 */

export const LESSON_MISTAKES = [
    {
        code: "E11",
        from: "  > Right. This says what was seen",
        to: "> Right. This says what was seen",
        at: "> Right. This says what was seen",
        offers: true,
    },
    {
        code: "E12",
        from: '- ( ) "Mother walked out',
        to: '* ( ) "Mother walked out',
        at: '* ( ) "Mother walked out',
        offers: true,
    },
    {
        code: "E13",
        from: '- ( ) "Mother walked out',
        to: '-( ) "Mother walked out',
        at: '-( ) "Mother walked out',
        offers: true,
    },
    {
        code: "E15",
        from: "- [ ] She is afraid of him",
        to: "- [] She is afraid of him",
        at: "- [] She is afraid of him",
        offers: true,
    },
    {
        code: "E16",
        from: "- [ ] She will run away",
        to: "- ( ) She will run away",
        at: "- [x] She said",
        offers: false,
        says: /lets learners pick one/,
    },
    {
        code: "E17",
        from: '- (x) "He said that he slept',
        to: '- ( ) "He said that he slept',
        at: '- ( ) "He said that he slept',
        says: /mark the right one with x/,
        offers: false,
    },
    {
        code: "E21",
        from: "> **For prosecutors:** A sentence",
        to: "> **For prosecutors:**A sentence",
        at: "> **For prosecutors:**A sentence",
        offers: true,
    },
    {
        code: "E22",
        from: "in court.\n\n> **For caseworkers:**",
        to: "in court.\n> **For caseworkers:**",
        at: "> **For caseworkers:**",
        offers: true,
    },
    {
        code: "E24",
        from: "> **For prosecutors:** A sentence",
        to: "> **For prosecuters:** A sentence",
        at: "> **For prosecuters:** A sentence",
        offers: true,
    },
    {
        code: "W31",
        from: "A record is read by people who were not there.\n",
        to: "A record is read by people who were not there.\n---\n",
        at: "---\n\n> **For prosecutors:**",
        offers: "\n---\n\n> **For prosecutors:**",
    },
];

/* Two choices of a scene; with these terms somebody can come to a scene without an open choice. */
const ONCE = (first, second) => `(#the-talk) ${first}
  > She thinks about it. "A door that I can lock."
- [Tell her to go back to her friend's place](#how-it-ends) ${second}`;

export const CASE_MISTAKES = [
    {
        code: "E41",
        from: "[Ask whether she would like something to eat](#the-talk)",
        to: "[Ask whether she would like something to eat](#the talk)",
        at: "- [Ask whether she would like",
        offers: true,
    },
    {
        code: "E62",
        from: ONCE("`once` `trust +1`", "`safety -1`"),
        to: ONCE("`once`", "`needs trust >= 1` `safety -1`"),
        at: "## The talk",
        says: /./,
        offers: false,
    },
];

/*
 * condition.c: reading conditions, effects and variables of a scenario. Their meaning is in
 * scenario.c.
 */
#include "condition_priv.h"

#include "chips_priv.h"
#include "suggest_priv.h"

#include "ct/base/banned.h"

enum { VALUE_MAX = 1000000 }; /* of a variable; keeps every sum of two well inside an int */

static const char *const reserved[] = {"and",  "or",  "if",  "needs", "when", "once", "pass",
                                       "fail", "for", "yes", "no",    "not",  "to",   NULL};

#define CONDITION_FORMS                                                                            \
    "write `trust >= 2` or `told = yes`, with < <= = != >= or >, several joined by `and` or by "   \
    "`or`"
#define EFFECT_FORMS   "write `trust +1`, `trust -1`, `trust = 2` or `told = yes`"
#define VARIABLE_FORMS "write `trust = 1 (0 to 3)`, or `told = no` for a flag"

/* Scanning: each takes what it names off the front of *s, blanks before it included. */

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static void skip(struct ct_sv *s, size_t n)
{
    *s = ct_sv_sub(*s, n, s->n);
}

static bool take_char(struct ct_sv *s, char c)
{
    *s = ct_sv_trim(*s);
    if (s->n == 0 || s->p[0] != c)
        return false;
    skip(s, 1);
    return true;
}

/* A name may have a hyphen before a letter: "trust-1" is "trust" less one, "self-trust" is a name.
 */
static bool take_name(struct ct_sv *s, struct ct_sv *ret)
{
    size_t n = 0;
    *s = ct_sv_trim(*s);
    if (s->n == 0 || !letter(s->p[0]))
        return false;
    while (n < s->n && (letter(s->p[n]) || digit(s->p[n]) ||
                        (s->p[n] == '-' && n + 1 < s->n && letter(s->p[n + 1]))))
        n++;
    *ret = ct_sv_sub(*s, 0, n);
    skip(s, n);
    return true;
}

/* Blanks may stand between sign and digits. */
static bool take_int(struct ct_sv *s, int *ret)
{
    struct ct_sv t = ct_sv_trim(*s);
    bool minus = take_char(&t, '-');
    if (!minus)
        take_char(&t, '+');
    t = ct_sv_trim(t);
    int64_t v = 0;
    size_t n = 0;
    while (n < t.n && digit(t.p[n]) && v <= VALUE_MAX)
        v = v * 10 + (t.p[n++] - '0');
    if (n == 0 || v > VALUE_MAX)
        return false;
    skip(&t, n);
    *s = t;
    *ret = (int)(minus ? -v : v);
    return true;
}

static bool take_word(struct ct_sv *s, const char *word)
{
    struct ct_sv t = *s;
    struct ct_sv name;
    if (!take_name(&t, &name) || !ct_sv_ieq(name, ct_sv_c(word)))
        return false;
    *s = t;
    return true;
}

static bool take_yes_no(struct ct_sv *s, int *ret)
{
    if (take_word(s, "yes")) {
        *ret = 1;
        return true;
    }
    if (!take_word(s, "no"))
        return false;
    *ret = 0;
    return true;
}

static bool take_compare(struct ct_sv *s, enum ct_compare *ret)
{
    static const struct {
        const char *text;
        enum ct_compare op;
    } table[] = {/* longer ones first */
                 {"<=", CT_LE}, {">=", CT_GE}, {"!=", CT_NE}, {"<>", CT_NE},
                 {"==", CT_EQ}, {"<", CT_LT},  {">", CT_GT},  {"=", CT_EQ}};
    *s = ct_sv_trim(*s);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (ct_sv_starts(*s, ct_sv_c(table[i].text))) {
            skip(s, strlen(table[i].text));
            *ret = table[i].op;
            return true;
        }
    }
    return false;
}

static bool at_end(struct ct_sv s)
{
    return ct_sv_trim(s).n == 0;
}

size_t ct_variable_find(const struct ct_variables *v, struct ct_sv name)
{
    for (size_t i = 0; i < v->n; i++)
        if (ct_sv_ieq(v->items[i].name, name))
            return i;
    return v->n;
}

static void name_undeclared(struct ct_arena *a, const struct ct_variables *v, struct ct_sv name,
                            struct ct_chip_fault *fault)
{
    const char *names[CT_VARS_MAX + 1] = {NULL};
    CT_AUTO_STR list = CT_STR_INIT(4096);
    for (size_t i = 0; i < v->n; i++) {
        names[i] = ct_arena_cstr(a, v->items[i].name);
        ct_str_addf(&list, "%s`%s`", i > 0 ? ", " : "", names[i]);
    }
    struct ct_sv near = ct_suggest(name, names);
    fault->code = "E52";
    if (near.n > 0)
        fault->text = ct_arena_printf(a, "`%.*s` is not declared; did you mean `%.*s`?",
                                      CT_SV_ARG(name), CT_SV_ARG(near));
    else if (v->n > 0)
        fault->text =
            ct_arena_printf(a, "`%.*s` is not declared under the title, where there are %s",
                            CT_SV_ARG(name), list.p);
    else
        fault->text = ct_arena_printf(
            a, "`%.*s` is not declared: under the title write `%.*s = 0 (0 to 3)`, or `%.*s = no`",
            CT_SV_ARG(name), CT_SV_ARG(name), CT_SV_ARG(name));
}

static bool refuse(struct ct_arena *a, struct ct_chip_fault *fault, const char *what,
                   struct ct_sv text, const char *forms)
{
    fault->code = "E55";
    fault->text = ct_arena_printf(a, "cannot read the %s `%.*s`: %s", what,
                                  CT_SV_ARG(ct_sv_trim(text)), forms);
    return false;
}

/* A value of a variable, in the words of its kind: yes and no of a flag, else a number. */
static bool take_value(struct ct_arena *a, const struct ct_variable *v, struct ct_sv *s, int *ret,
                       struct ct_chip_fault *fault)
{
    bool read = v->is_flag ? take_yes_no(s, ret) : take_int(s, ret);
    if (read)
        return true;
    fault->code = "E55";
    if (v->is_flag)
        fault->text = ct_arena_printf(a, "`%.*s` is a flag: write `%.*s = yes` or `%.*s = no`",
                                      CT_SV_ARG(v->name), CT_SV_ARG(v->name), CT_SV_ARG(v->name));
    else
        fault->text =
            ct_arena_printf(a, "`%.*s` is a number from %d to %d: write one after its sign",
                            CT_SV_ARG(v->name), v->low, v->high);
    return false;
}

/* Whether a comparison of a flag makes sense: only = and !=. */
static bool check_compare(struct ct_arena *a, const struct ct_variable *v, enum ct_compare op,
                          int value, struct ct_chip_fault *fault)
{
    if (v->is_flag && op != CT_EQ && op != CT_NE) {
        fault->code = "E55";
        fault->text = ct_arena_printf(a, "`%.*s` is a flag: compare it with `= yes` or `= no`",
                                      CT_SV_ARG(v->name));
        return false;
    }
    if (value < v->low || value > v->high) {
        fault->code = "E53";
        fault->text = ct_arena_printf(a, "`%.*s` is compared with %d, but it runs from %d to %d",
                                      CT_SV_ARG(v->name), value, v->low, v->high);
        return false;
    }
    return true;
}

static bool take_test(struct ct_arena *a, const struct ct_variables *v, struct ct_sv *s,
                      struct ct_sv whole, struct ct_comparison *ret, struct ct_chip_fault *fault)
{
    struct ct_sv name;
    if (!take_name(s, &name) || !take_compare(s, &ret->op))
        return refuse(a, fault, "condition", whole, CONDITION_FORMS);
    ret->variable = ct_variable_find(v, name);
    if (ret->variable == v->n) {
        name_undeclared(a, v, name, fault);
        return false;
    }
    const struct ct_variable *var = &v->items[ret->variable];
    return take_value(a, var, s, &ret->value, fault) &&
           check_compare(a, var, ret->op, ret->value, fault);
}

/* Whether a word stands in a text by itself. */
static bool has_word(struct ct_sv s, const char *word)
{
    struct ct_sv name;
    while (s.n > 0) {
        if (!take_name(&s, &name))
            skip(&s, 1);
        else if (ct_sv_ieq(name, ct_sv_c(word)))
            return true;
    }
    return false;
}

const struct ct_condition *ct_condition_parse(struct ct_arena *a, const struct ct_variables *v,
                                              struct ct_sv text, struct ct_chip_fault *fault)
{
    struct ct_condition *c = ct_arena_new(a, struct ct_condition);
    struct ct_sv rest = text;
    size_t cap = 0;
    c->text = ct_arena_dup(a, ct_sv_trim(text));
    c->any = has_word(text, "or");
    if (c->any && has_word(text, "and")) {
        fault->code = "E54";
        fault->text = ct_arena_printf(a,
                                      "`and` and `or` are mixed in `%.*s`: keep one of them, and "
                                      "write the rest as a choice or rule of its own",
                                      CT_SV_ARG(c->text));
        return NULL;
    }
    for (;;) {
        struct ct_comparison test;
        if (!take_test(a, v, &rest, text, &test, fault))
            return NULL;
        CT_ARENA_PUSH(a, c->tests, c->n, cap, test);
        if (at_end(rest))
            return c;
        if (!take_word(&rest, c->any ? "or" : "and")) {
            (void)refuse(a, fault, "condition", text, CONDITION_FORMS);
            return NULL;
        }
    }
}

/* An effect that no state could show, because it leaves the range from wherever it starts. */
static bool check_effect(struct ct_arena *a, const struct ct_variable *v, const struct ct_effect *e,
                         struct ct_chip_fault *fault)
{
    int span = v->high - v->low;
    bool fits =
        e->set ? e->value >= v->low && e->value <= v->high : e->value <= span && e->value >= -span;
    if (fits)
        return true;
    fault->code = "E53";
    fault->text = e->set
                      ? ct_arena_printf(a, "`%.*s` is set to %d, but it runs from %d to %d",
                                        CT_SV_ARG(v->name), e->value, v->low, v->high)
                      : ct_arena_printf(a, "`%.*s` changes by %+d, but it runs only from %d to %d",
                                        CT_SV_ARG(v->name), e->value, v->low, v->high);
    return false;
}

bool ct_effect_parse(struct ct_arena *a, const struct ct_variables *v, struct ct_sv text,
                     struct ct_effect *ret, struct ct_chip_fault *fault)
{
    struct ct_sv rest = text;
    struct ct_sv name;
    struct ct_effect e = {.variable = 0};
    if (!take_name(&rest, &name))
        return refuse(a, fault, "effect", text, EFFECT_FORMS);
    e.variable = ct_variable_find(v, name);
    if (e.variable == v->n) {
        name_undeclared(a, v, name, fault);
        return false;
    }
    const struct ct_variable *var = &v->items[e.variable];
    e.set = take_char(&rest, '=');
    rest = ct_sv_trim(rest);
    bool is_change = rest.n > 0 && (rest.p[0] == '+' || rest.p[0] == '-');
    if (!e.set && !is_change)
        return refuse(a, fault, "effect", text, EFFECT_FORMS);
    if (!take_value(a, var, &rest, &e.value, fault))
        return false;
    if (!at_end(rest))
        return refuse(a, fault, "effect", text, EFFECT_FORMS);
    if (!check_effect(a, var, &e, fault))
        return false;
    *ret = e;
    return true;
}

/* "(0 to 3)", "(0-3)", "(0..3)". */
static bool take_range(struct ct_sv *s, int *ret_low, int *ret_high)
{
    if (!take_char(s, '(') || !take_int(s, ret_low))
        return false;
    if (!take_word(s, "to") && !take_char(s, '-') && !(take_char(s, '.') && take_char(s, '.')))
        return false;
    return take_int(s, ret_high) && take_char(s, ')');
}

static bool is_reserved(struct ct_sv name)
{
    for (size_t i = 0; reserved[i] != NULL; i++)
        if (ct_sv_ieq(name, ct_sv_c(reserved[i])))
            return true;
    return false;
}

bool ct_variable_parse(struct ct_arena *a, struct ct_sv text, struct ct_variable *ret,
                       struct ct_chip_fault *fault)
{
    struct ct_sv rest = text;
    struct ct_variable v = {.low = 0, .high = 1};
    if (!take_name(&rest, &v.name) || !take_char(&rest, '='))
        return refuse(a, fault, "variable", text, VARIABLE_FORMS);
    if (is_reserved(v.name)) {
        fault->code = "E55";
        fault->text = ct_arena_printf(
            a, "`%.*s` cannot be the name of a variable: it means something", CT_SV_ARG(v.name));
        return false;
    }
    v.is_flag = take_yes_no(&rest, &v.start);
    if (!v.is_flag && (!take_int(&rest, &v.start) || !take_range(&rest, &v.low, &v.high)))
        return refuse(a, fault, "variable", text, VARIABLE_FORMS);
    if (!at_end(rest))
        return refuse(a, fault, "variable", text, VARIABLE_FORMS);
    if (v.low >= v.high || v.start < v.low || v.start > v.high) {
        fault->code = "E53";
        fault->text =
            ct_arena_printf(a, "`%.*s` starts at %d, which is outside its range from %d to %d",
                            CT_SV_ARG(v.name), v.start, v.low, v.high);
        if (v.low >= v.high)
            fault->text =
                ct_arena_printf(a, "the range of `%.*s` runs from %d to %d: the lower number first",
                                CT_SV_ARG(v.name), v.low, v.high);
        return false;
    }
    v.name = ct_arena_dup(a, v.name);
    *ret = v;
    return true;
}

/* "if trust" or "if: trust", but not "iffy". */
static bool take_keyword(struct ct_sv *s, const char *word)
{
    struct ct_sv t = *s;
    if (!take_word(&t, word))
        return false;
    take_char(&t, ':');
    *s = ct_sv_trim(t);
    return true;
}

/* NAME followed by a sign of change, or by '='. */
static enum ct_chip_kind assignment_kind(struct ct_sv text)
{
    struct ct_sv rest = text;
    struct ct_sv name;
    if (!take_name(&rest, &name) || is_reserved(name))
        return CT_CHIP_UNKNOWN;
    rest = ct_sv_trim(rest);
    if (rest.n == 0 || strchr("+-=", rest.p[0]) == NULL)
        return CT_CHIP_UNKNOWN;
    return ct_sv_find(rest, '(') != SIZE_MAX ? CT_CHIP_VARIABLE : CT_CHIP_EFFECT;
}

enum ct_chip_kind ct_chip_kind_of(struct ct_sv text, struct ct_sv *ret_rest)
{
    static const struct {
        const char *word;
        enum ct_chip_kind kind;
        bool alone; /* nothing may follow */
    } table[] = {{"if", CT_CHIP_IF, false},     {"needs", CT_CHIP_NEEDS, false},
                 {"when", CT_CHIP_WHEN, false}, {"for", CT_CHIP_FOR, false},
                 {"once", CT_CHIP_ONCE, true},  {"fail", CT_CHIP_FAIL, true}};
    struct ct_sv rest = ct_sv_trim(text);
    *ret_rest = rest;
    if (take_keyword(&rest, "pass")) {
        bool conditional = take_keyword(&rest, "if");
        *ret_rest = rest;
        if (!conditional && rest.n > 0)
            return CT_CHIP_UNKNOWN;
        return conditional ? CT_CHIP_PASS_IF : CT_CHIP_PASS;
    }
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (!take_keyword(&rest, table[i].word))
            continue;
        *ret_rest = rest;
        return table[i].alone && rest.n > 0 ? CT_CHIP_UNKNOWN : table[i].kind;
    }
    return assignment_kind(text);
}

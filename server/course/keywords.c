/*
 * server/course/keywords.c: the words of headings and labels, a table for each language.
 *
 * The first form of a keyword or label in a table is the one that messages name.
 */
#include "keywords_priv.h"

#include "suggest_priv.h"

#include "ct/base/banned.h"

struct keyword {
    const char *text;
    enum ct_keyword keyword;
};

struct label {
    const char *text;
    enum ct_label label;
};

enum { FORMS = 24 };

struct ct_words {
    const char *lang;
    struct keyword keywords[FORMS]; /* up to a NULL text */
    struct label labels[FORMS];
    const char *for_prefix, *if_prefix;
    const char *above[8]; /* "all of the above" */
    const char *glossary; /* its title */
};

static const struct ct_words english = {
    "en",
    {
        {"Question", CT_KEY_QUESTION},
        {"Put in order", CT_KEY_ORDER},
        {"Match", CT_KEY_MATCH},
        {"Fill in", CT_KEY_FILL_IN},
        {"Reflect", CT_KEY_REFLECT},
        {"Quiz", CT_KEY_QUIZ},
        {"Scenario", CT_KEY_SCENARIO},
        {"Ending", CT_KEY_ENDING},
        {"Term", CT_KEY_TERM},
        {NULL, CT_KEY_NONE},
    },
    {
        {"Note", CT_LABEL_NOTE},
        {"Important", CT_LABEL_IMPORTANT},
        {"Content note", CT_LABEL_CONTENT_NOTE},
        {"Trainer note", CT_LABEL_TRAINER_NOTE},
        {"Hint", CT_LABEL_HINT},
        {"Why", CT_LABEL_WHY},
        {"If not chosen", CT_LABEL_IF_NOT_CHOSEN},
        {"Extra choices", CT_LABEL_EXTRA_CHOICES},
        {"Model answer", CT_LABEL_MODEL_ANSWER},
        {"Source", CT_LABEL_SOURCE},
        {"Sources", CT_LABEL_SOURCE},
        {NULL, CT_LABEL_NONE},
    },
    "For ",
    "If ",
    {"all of the above", "none of the above", "both of the above", "all of these", "none of these",
     NULL},
    "Glossary",
};

static const struct ct_words spanish = {
    "es",
    {
        {"Pregunta", CT_KEY_QUESTION},
        {"Ordena", CT_KEY_ORDER},
        {"Ordene", CT_KEY_ORDER},
        {"Poner en orden", CT_KEY_ORDER},
        {"Relaciona", CT_KEY_MATCH},
        {"Relacione", CT_KEY_MATCH},
        {"Empareja", CT_KEY_MATCH},
        {"Completa", CT_KEY_FILL_IN},
        {"Complete", CT_KEY_FILL_IN},
        {"Reflexiona", CT_KEY_REFLECT},
        {"Reflexione", CT_KEY_REFLECT},
        {"Reflexión", CT_KEY_REFLECT},
        {"Cuestionario", CT_KEY_QUIZ},
        {"Prueba", CT_KEY_QUIZ},
        {"Escenario", CT_KEY_SCENARIO},
        {"Final", CT_KEY_ENDING},
        {"Término", CT_KEY_TERM},
        {"Termino", CT_KEY_TERM},
        {NULL, CT_KEY_NONE},
    },
    {
        {"Nota", CT_LABEL_NOTE},
        {"Importante", CT_LABEL_IMPORTANT},
        {"Nota de contenido", CT_LABEL_CONTENT_NOTE},
        {"Aviso de contenido", CT_LABEL_CONTENT_NOTE},
        {"Nota para el formador", CT_LABEL_TRAINER_NOTE},
        {"Nota para formadores", CT_LABEL_TRAINER_NOTE},
        {"Nota para la formadora", CT_LABEL_TRAINER_NOTE},
        {"Nota del instructor", CT_LABEL_TRAINER_NOTE},
        {"Pista", CT_LABEL_HINT},
        {"Por qué", CT_LABEL_WHY},
        {"Por que", CT_LABEL_WHY},
        {"Si no se elige", CT_LABEL_IF_NOT_CHOSEN},
        {"Si no se escoge", CT_LABEL_IF_NOT_CHOSEN},
        {"Opciones adicionales", CT_LABEL_EXTRA_CHOICES},
        {"Más opciones", CT_LABEL_EXTRA_CHOICES},
        {"Respuesta modelo", CT_LABEL_MODEL_ANSWER},
        {"Fuente", CT_LABEL_SOURCE},
        {"Fuentes", CT_LABEL_SOURCE},
        {NULL, CT_LABEL_NONE},
    },
    "Para ",
    "Si ",
    {"todas las anteriores", "todos los anteriores", "ninguna de las anteriores",
     "ninguno de los anteriores", NULL},
    "Glosario",
};

/* "es" of "es-MX". */
static bool is_lang(struct ct_sv lang, const char *code)
{
    size_t n = strlen(code);
    return ct_sv_ieq(ct_sv_sub(lang, 0, n), ct_sv_n(code, n)) &&
           (lang.n == n || lang.p[n] == '-' || lang.p[n] == '_');
}

bool ct_words_known(struct ct_sv lang)
{
    return is_lang(lang, english.lang) || is_lang(lang, spanish.lang);
}

const struct ct_words *ct_words_of(struct ct_sv lang)
{
    return is_lang(lang, spanish.lang) ? &spanish : &english;
}

/* A course in another language may use the English words too: its own first, English last. */
static const struct ct_words *next_table(const struct ct_words *w)
{
    return w == &english ? NULL : &english;
}

enum ct_keyword ct_keyword_find(const struct ct_words *w, struct ct_sv text)
{
    for (; w; w = next_table(w)) {
        for (const struct keyword *k = w->keywords; k->text; k++) {
            if (ct_sv_ieq(ct_sv_c(k->text), text))
                return k->keyword;
        }
    }
    return CT_KEY_NONE;
}

struct ct_sv ct_keyword_suggest(const struct ct_words *w, struct ct_sv text)
{
    /* One edit in a short word makes another word too easily: "Batch" is no "Match". */
    for (const struct keyword *k = w->keywords; k->text; k++) {
        struct ct_sv word = ct_sv_c(k->text);
        if (word.n >= 7 && ct_is_near(text, word))
            return word;
    }
    return CT_SV_NULL;
}

static bool take_prefix(struct ct_sv text, const char *prefix, struct ct_sv *ret_argument)
{
    size_t n = strlen(prefix);
    if (text.n <= n || !ct_sv_ieq(ct_sv_sub(text, 0, n), ct_sv_n(prefix, n)))
        return false;
    *ret_argument = ct_sv_trim(ct_sv_sub(text, n, text.n));
    return ret_argument->n > 0;
}

enum ct_label ct_label_find(const struct ct_words *w, struct ct_sv text, struct ct_sv *ret_argument)
{
    *ret_argument = CT_SV_NULL;
    for (; w; w = next_table(w)) {
        for (const struct label *l = w->labels; l->text; l++) {
            if (ct_sv_ieq(ct_sv_c(l->text), text))
                return l->label;
        }
        if (take_prefix(text, w->for_prefix, ret_argument))
            return CT_LABEL_FOR;
        if (take_prefix(text, w->if_prefix, ret_argument))
            return CT_LABEL_IF;
    }
    return CT_LABEL_NONE;
}

const char *ct_keyword_name(const struct ct_words *w, enum ct_keyword k)
{
    for (const struct keyword *it = w->keywords; it->text; it++) {
        if (it->keyword == k)
            return it->text;
    }
    return "";
}

const char *ct_label_name(const struct ct_words *w, enum ct_label l)
{
    for (const struct label *it = w->labels; it->text; it++) {
        if (it->label == l)
            return it->text;
    }
    return l == CT_LABEL_FOR ? w->for_prefix : l == CT_LABEL_IF ? w->if_prefix : "";
}

bool ct_words_of_the_above(const struct ct_words *w, struct ct_sv text)
{
    for (; w; w = next_table(w)) {
        for (const char *const *it = w->above; *it; it++) {
            size_t n = strlen(*it);
            if (ct_sv_ieq(ct_sv_sub(text, 0, n), ct_sv_n(*it, n)))
                return true;
        }
    }
    return false;
}

const char *ct_words_glossary(const struct ct_words *w)
{
    return w->glossary;
}

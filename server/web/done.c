/*
 * done.c: what was just done, said once at the top of the page that follows. The form that did it
 * leads on (303) and leaves a word in a cookie; the next page shows the sentence of that word and
 * takes the cookie away. The address says nothing of it, so that no link can, and a word that is
 * not in the list says nothing.
 */
#include "core_priv.h"
#include "done_priv.h"

#include "ct/base/banned.h"

#define DONE_COOKIE "ct_done"

enum { DONE_SECONDS = 120 }; /* a page that does not follow soon would say it of something else */

static const struct {
    const char *word, *sentence;
} sentences[] = {
    [CT_DONE_WAIVED] = {"waived", "The waiver is recorded under your name."},
    [CT_DONE_TRAINING] = {"training", "The outside training is recorded, and it counts."},
    [CT_DONE_TRAINING_WAITS] = {"training-waits",
                                "The outside training is recorded. It counts when it is approved."},
    [CT_DONE_LEAVE] = {"leave", "The leave is recorded under your name."},
    [CT_DONE_APPROVED] = {"approved", "The outside training is approved, and it counts."},
    [CT_DONE_CORRECTED] = {"corrected",
                           "The correction is recorded. What was said before stays in the record."},
    [CT_DONE_WITHDRAWN] = {"withdrawn", "It is withdrawn, and counts no longer. That it was said "
                                        "stays in the record."},
    [CT_DONE_REQUIREMENT] = {"requirement", "The requirement is saved under your name."},
    [CT_DONE_REQUIREMENT_ENDS] = {"requirement-ends",
                                  "The end of this requirement is recorded under your name."},
    [CT_DONE_VIEW] = {"view", "The view is saved, and stands under your views."},
    [CT_DONE_VIEW_NAMED] = {"view-named", "The view has its new name."},
    [CT_DONE_VIEW_DELETED] = {"view-deleted", "The view is deleted. The reports are as they were."},
    [CT_DONE_PERSON] = {"person", "The person is added."},
    [CT_DONE_FACT] = {"fact", "It is recorded of this person, under your name."},
    [CT_DONE_PLACE] = {"place", "Where the person belongs is recorded, under your name."},
    [CT_DONE_ENABLED] = {"enabled", "The account is active again."},
    [CT_DONE_DISABLED] = {"disabled",
                          "The account is disabled. The records of this person are kept."},
    [CT_DONE_DISCIPLINE] = {"discipline", "The discipline of this person is recorded."},
    [CT_DONE_INVITATION_ENDED] = {"invitation-ended", "The invitation is ended, and its link "
                                                      "leads nowhere any more."},
    [CT_DONE_ORG] = {"org", "It is added to the agencies and task forces."},
    [CT_DONE_ORG_NAMED] = {"org-named", "The new name is recorded. Its short name stays."},
    [CT_DONE_ORG_CLOSED] = {"org-closed", "The closing is recorded, under your name. Reports of "
                                          "days before stay as they were."},
    [CT_DONE_ORG_REOPENED] = {"org-reopened", "It is open again, from that day on."},
    [CT_DONE_ORG_UNDONE] = {"org-undone", "The closing is undone, under your name. Reports as of "
                                          "moments before stay as they were."},
    [CT_DONE_ORG_MOVED] = {"org-moved", "The move is recorded, under your name. Reports of days "
                                        "before keep the old tree."},
    [CT_DONE_LEAD] = {"lead", "Who leads is recorded, under your name."},
    [CT_DONE_SHARING] = {"sharing", "What was agreed about names is recorded, under your name."},
    [CT_DONE_CREDIT] = {"credit",
                        "Recorded under your name. It counts from now on, and certificates "
                        "bear it."},
    [CT_DONE_ATTESTED] = {"attested", "Your word is recorded with this certificate."},
    [CT_DONE_REVOKED] = {"revoked", "The certificate is revoked, and its page says so."},
    [CT_DONE_CERTIFICATE_NAMED] = {"certificate-named",
                                   "The certificates of this person have the new name."},
    [CT_DONE_TOKEN_REVOKED] = {"token-revoked", "The token is revoked. Programs that use it are "
                                                "refused from now on."},
};
enum { N_SENTENCES = sizeof sentences / sizeof sentences[0] };

int ct_done(struct ct_request *rq, struct ct_response *rs, enum ct_done what, struct ct_sv location)
{
    if (!rq->wants_json) /* a program reads the status */
        ct_cookie_set(rq, rs, DONE_COOKIE, ct_sv_c(sentences[what].word), DONE_SECONDS);
    return ct_see_other(rq, rs, location);
}

json_t *ct_done_take(struct ct_request *rq, struct ct_response *rs)
{
    struct ct_sv word = ct_cookie_get(rq->cookie, DONE_COOKIE);
    bool shows = rq->verb == CT_GET && !rq->head && !rq->wants_json && rs->status == 200;

    if (!word.n || !shows)
        return json_null();
    ct_cookie_set(rq, rs, DONE_COOKIE, CT_SV(""), 0);
    for (size_t i = 0; i < N_SENTENCES; i++)
        if (ct_sv_eq_c(word, sentences[i].word))
            return json_string(sentences[i].sentence);
    return json_null();
}

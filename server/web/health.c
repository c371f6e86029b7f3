/*
 * health.c: what machines ask: is it alive, and how is it doing (Prometheus text format 0.0.4).
 */
#include "pages_priv.h"

#include "ct/web/app.h"

#include <inttypes.h>

#include "ct/base/banned.h"

int ct_get_health(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    int r = ct_store_check(rq->app->cfg.store, err);

    if (r < 0)
        return r;
    rs->content_type = "text/plain; charset=utf-8";
    ct_str_add_c(&rs->body, "ok\n");
    return CT_OK;
}

static void metric(struct ct_str *out, const char *name, const char *type, const char *help,
                   uint64_t value)
{
    ct_str_addf(out, "# HELP %s %s\n# TYPE %s %s\n%s %" PRIu64 "\n", name, help, name, type, name,
                value);
}

static void seconds(struct ct_str *out, const char *name, const char *help, uint64_t us)
{
    ct_str_addf(out, "# HELP %s %s\n# TYPE %s counter\n%s %" PRIu64 ".%06" PRIu64 "\n", name, help,
                name, name, us / 1000000, us % 1000000);
}

static void requests(struct ct_str *out, const struct ct_metrics *m)
{
    ct_str_add_c(out, "# HELP crosstrain_requests_total Requests answered, by status class.\n"
                      "# TYPE crosstrain_requests_total counter\n");
    for (int i = 1; i <= 5; i++)
        ct_str_addf(out, "crosstrain_requests_total{status=\"%dxx\"} %" PRIu64 "\n", i,
                    atomic_load(&m->requests[i]));
}

int ct_get_metrics(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_metrics *m = rq->app->metrics;
    struct ct_store_stats st = ct_store_stats(rq->app->cfg.store);
    struct ct_str *out = &rs->body;

    (void)err;
    rs->content_type = "text/plain; version=0.0.4; charset=utf-8";
    requests(out, m);
    seconds(out, "crosstrain_request_seconds_total", "Time spent answering requests.",
            atomic_load(&m->duration_us));
    metric(out, "crosstrain_response_bytes_total", "counter", "Bytes sent.",
           atomic_load(&m->bytes_out));
    metric(out, "crosstrain_sign_ins_total", "counter", "People signed in.",
           atomic_load(&m->sign_ins));
    metric(out, "crosstrain_sign_in_failures_total", "counter", "Refused sign-ins.",
           atomic_load(&m->sign_in_failures));
    metric(out, "crosstrain_attempts_total", "counter", "Quizzes submitted.",
           atomic_load(&m->attempts));
    metric(out, "crosstrain_run_steps_total", "counter", "Choices made in scenarios.",
           atomic_load(&m->run_steps));
    metric(out, "crosstrain_publications_total", "counter", "Times the content was published.",
           atomic_load(&m->publications));
    metric(out, "crosstrain_publish_failures_total", "counter",
           "Times the content could not be read.", atomic_load(&m->publish_failures));
    metric(out, "crosstrain_store_jobs_total", "counter", "Write jobs done.", st.jobs);
    metric(out, "crosstrain_store_commits_total", "counter", "Transactions committed.", st.commits);
    metric(out, "crosstrain_store_failed_total", "counter", "Write jobs that failed.", st.failed);
    metric(out, "crosstrain_store_dropped_total", "counter", "Jobs behind a reply that were lost.",
           st.dropped);
    seconds(out, "crosstrain_store_commit_seconds_total", "Time spent in commits.", st.commit_us);
    metric(out, "crosstrain_start_time_seconds", "gauge", "Unix time of the start.",
           (uint64_t)rq->app->started_at);
    return CT_OK;
}

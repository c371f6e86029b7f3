/*
 * schema_priv.h: steps of the schema that stand in files of their own. Their order is schema.c.
 */
#ifndef CT_LEARN_SCHEMA_PRIV_H
#define CT_LEARN_SCHEMA_PRIV_H

extern const char ct_schema_requirement_kinds[];
extern const char ct_schema_activity_days[];
extern const char ct_schema_activity_quarters[];
extern const char ct_schema_credit[];
extern const char ct_schema_file_orders[];
extern const char ct_schema_training_hours[];
extern const char ct_schema_file_order_site[];
extern const char ct_schema_import_jobs[];
extern const char ct_schema_curriculum[];
extern const char ct_schema_text_changes[];
extern const char ct_schema_module_texts[];
extern const char ct_schema_saved_views[];
extern const char ct_schema_org_changes[];

/* Gives the site a name at random (site.h). */
struct ct_db;
struct ct_err;
int ct_schema_name_site(struct ct_db *db, struct ct_err *err);
extern const char ct_schema_report[];

#endif

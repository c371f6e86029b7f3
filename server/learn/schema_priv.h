/*
 * schema_priv.h: steps of the schema that stand in files of their own. Their order is schema.c.
 */
#ifndef CT_LEARN_SCHEMA_PRIV_H
#define CT_LEARN_SCHEMA_PRIV_H

extern const char ct_schema_requirement_kinds[];
extern const char ct_schema_activity_days[];
extern const char ct_schema_credit[];
extern const char ct_schema_file_orders[];
extern const char ct_schema_training_hours[];
extern const char ct_schema_file_order_site[];
extern const char ct_schema_curriculum[];
extern const char ct_schema_saved_views[];

#endif

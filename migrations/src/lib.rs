//! The schema's history, one change a file, for SQLite and PostgreSQL alike.
//! A file is never edited once it is merged; a change is a new file.

use sea_orm_migration::prelude::*;

mod append_only;
mod columns;
mod m20261123_000001_create_asf;
mod m20261123_000002_create_capability;
mod m20261123_000003_create_buyer;
mod m20261123_000004_create_user;
mod m20261123_000005_create_session;
mod m20261123_000006_create_need;
mod m20261123_000007_create_lot;
mod m20261123_000008_create_pairing;
mod m20261123_000009_create_token;
mod m20261123_000010_create_digest;
mod m20261123_000011_create_digest_item;
mod m20261123_000012_create_message;
mod m20261123_000013_create_schedule;
mod m20261123_000014_create_job_run;
mod m20261123_000015_create_change;
mod m20261123_000016_create_watermark;
mod m20261123_000017_create_audit;
mod m20261123_000018_create_ledger_entry;
mod m20261123_000020_create_target;
mod m20261123_000021_create_setting;
mod m20261123_000022_create_cpv_code;
mod m20261123_000023_create_past_procurement;
mod m20261123_000046_create_lesson;
mod m20261124_000024_create_award;
mod m20261124_000025_extend_lot;
mod m20261124_000026_create_need_key;
mod m20261124_000027_create_notice;
mod m20261124_000029_create_column_mapping;
mod m20261124_000031_create_fetch_mark;
mod m20261124_000032_create_mail_rule;
mod m20261124_000033_create_need_approval;
mod m20261124_000034_create_quarantine;
mod m20261124_000035_add_delivery_to_message;
mod m20261124_000036_create_mail_preference;
mod m20261124_000037_create_task;
mod m20261124_000038_create_bounce;
mod m20261124_000039_create_follow_up;
mod m20261124_000040_extend_ledger_entry;
mod m20261124_000041_seed_decisions;
mod m20261124_000042_create_proposal;
mod m20261124_000043_create_evidence_file;
mod m20261124_000044_create_confirmation;
mod m20261127_000045_create_tuning;
mod m20261127_000046_add_approval_to_asf;
mod m20261127_000050_extend_user;
mod m20261127_000051_extend_session;
mod m20261127_000052_create_second_factor;
mod m20261127_000053_create_recovery_code;
mod m20261127_000054_extend_token;
mod m20261127_000055_create_forgotten;
mod m20261127_000056_create_join_request;
mod m20261127_000060_create_api_token;
mod m20261127_000061_create_api_call;
mod m20261127_000062_create_webhook;
mod m20261127_000063_create_webhook_delivery;
mod m20261127_000064_create_calendar_link;
mod m20261127_000070_create_asf_fact;
mod m20261127_000071_create_legal_limit;
mod m20261127_000072_create_saved_list;
mod m20261127_000085_extend_follow_up;
mod m20261127_000086_index_pairing_introduced_at;
mod m20261127_000087_index_pairing_answered_at;
mod m20261127_000088_create_profile_check;
mod m20261127_000090_create_upload;
mod m20261127_000091_create_passkey;
mod m20261127_000092_create_passkey_attempt;
mod m20261127_000093_extend_need_desk;

/// Every migration in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_create_asf::Migration),
            Box::new(m20261123_000002_create_capability::Migration),
            Box::new(m20261123_000003_create_buyer::Migration),
            Box::new(m20261123_000004_create_user::Migration),
            Box::new(m20261123_000005_create_session::Migration),
            Box::new(m20261123_000006_create_need::Migration),
            Box::new(m20261123_000007_create_lot::Migration),
            Box::new(m20261123_000008_create_pairing::Migration),
            Box::new(m20261123_000009_create_token::Migration),
            Box::new(m20261123_000010_create_digest::Migration),
            Box::new(m20261123_000011_create_digest_item::Migration),
            Box::new(m20261123_000012_create_message::Migration),
            Box::new(m20261123_000013_create_schedule::Migration),
            Box::new(m20261123_000014_create_job_run::Migration),
            Box::new(m20261123_000015_create_change::Migration),
            Box::new(m20261123_000016_create_watermark::Migration),
            Box::new(m20261123_000017_create_audit::Migration),
            Box::new(m20261123_000018_create_ledger_entry::Migration),
            Box::new(m20261123_000020_create_target::Migration),
            Box::new(m20261123_000021_create_setting::Migration),
            Box::new(m20261123_000022_create_cpv_code::Migration),
            Box::new(m20261123_000023_create_past_procurement::Migration),
            Box::new(m20261124_000029_create_column_mapping::Migration),
            Box::new(m20261124_000031_create_fetch_mark::Migration),
            Box::new(m20261124_000032_create_mail_rule::Migration),
            Box::new(m20261124_000033_create_need_approval::Migration),
            Box::new(m20261124_000034_create_quarantine::Migration),
            Box::new(m20261123_000046_create_lesson::Migration),
            Box::new(m20261124_000024_create_award::Migration),
            Box::new(m20261124_000025_extend_lot::Migration),
            Box::new(m20261124_000026_create_need_key::Migration),
            Box::new(m20261124_000027_create_notice::Migration),
            Box::new(m20261124_000035_add_delivery_to_message::Migration),
            Box::new(m20261124_000036_create_mail_preference::Migration),
            Box::new(m20261124_000037_create_task::Migration),
            Box::new(m20261124_000038_create_bounce::Migration),
            Box::new(m20261124_000039_create_follow_up::Migration),
            Box::new(m20261124_000040_extend_ledger_entry::Migration),
            Box::new(m20261124_000041_seed_decisions::Migration),
            Box::new(m20261124_000042_create_proposal::Migration),
            Box::new(m20261124_000043_create_evidence_file::Migration),
            Box::new(m20261124_000044_create_confirmation::Migration),
            Box::new(m20261127_000050_extend_user::Migration),
            Box::new(m20261127_000051_extend_session::Migration),
            Box::new(m20261127_000052_create_second_factor::Migration),
            Box::new(m20261127_000053_create_recovery_code::Migration),
            Box::new(m20261127_000054_extend_token::Migration),
            Box::new(m20261127_000055_create_forgotten::Migration),
            Box::new(m20261127_000056_create_join_request::Migration),
            Box::new(m20261127_000070_create_asf_fact::Migration),
            Box::new(m20261127_000071_create_legal_limit::Migration),
            Box::new(m20261127_000072_create_saved_list::Migration),
            Box::new(m20261127_000085_extend_follow_up::Migration),
            Box::new(m20261127_000086_index_pairing_introduced_at::Migration),
            Box::new(m20261127_000087_index_pairing_answered_at::Migration),
            Box::new(m20261127_000088_create_profile_check::Migration),
            Box::new(m20261127_000090_create_upload::Migration),
            Box::new(m20261127_000060_create_api_token::Migration),
            Box::new(m20261127_000061_create_api_call::Migration),
            Box::new(m20261127_000062_create_webhook::Migration),
            Box::new(m20261127_000063_create_webhook_delivery::Migration),
            Box::new(m20261127_000064_create_calendar_link::Migration),
            Box::new(m20261127_000045_create_tuning::Migration),
            Box::new(m20261127_000046_add_approval_to_asf::Migration),
            Box::new(m20261127_000091_create_passkey::Migration),
            Box::new(m20261127_000092_create_passkey_attempt::Migration),
            Box::new(m20261127_000093_extend_need_desk::Migration),
        ]
    }
}

import { sqlMigration } from './sql-migration.ts'

/**
 * 口座振替: the accounts, what was asked of the banks, and what they answered. 5.2 reads them (A07, F-不能, 納付方法, 金融機関);
 * posting a result is another flow's.
 */
export const bankDebits = sqlMigration(
  'm0021-bank-debits',
  `
create table bank_accounts (
  id bigint generated always as identity primary key,
  insured_id bigint not null references insured,
  bank_no text not null,
  branch_no text not null,
  account_type text not null check (account_type in ('1', '2', '3', '9')),
  account_no text not null,
  holder_kana text not null,
  starts_on date not null,
  ends_on date,
  recorded_at timestamptz not null,
  superseded_at timestamptz,
  file_id uuid references files,
  line bigint
);
create index bank_accounts_insured on bank_accounts (insured_id) where superseded_at is null;

-- 口座振替依頼: one a 期割 and 引落日, known by the request file or by its result alone
create table debit_requests (
  id bigint generated always as identity primary key,
  instalment_id bigint not null references instalments,
  debit_on date not null,
  yen bigint not null check (yen > 0),
  bank_no text not null,
  bank_name text not null,
  customer_no text not null,
  file_id uuid not null references files,
  line bigint not null,
  recorded_at timestamptz not null,
  unique (instalment_id, debit_on)
);
-- 口座振替結果: 0 振替済, else the reason why not
create table debit_results (
  debit_request_id bigint primary key references debit_requests,
  result_code text not null check (result_code ~ '^[0-9]$'),
  file_id uuid not null references files,
  line bigint not null,
  recorded_at timestamptz not null
);
create trigger debit_requests_fixed before update or delete on debit_requests for each row execute function refuse_change();
create trigger debit_results_fixed before update or delete on debit_results for each row execute function refuse_change();
revoke update, delete on debit_requests, debit_results from koki_app;

-- 金融機関 of a row of 滞納者一覧; empty for 納付書
alter table delinquent_rows add column bank text not null default '';
grant maintain on bank_accounts, debit_requests, debit_results, returned_letters, returned_letter_steps to koki_app;
`,
)

import { sqlMigration } from './sql-migration.ts'

/** Instalments, postings and movements. Append-only; balances are sums, the cache is written only beside its movements. */
export const ledger = sqlMigration(
  'm0004-ledger',
  `
create table instalments (
  id bigint generated always as identity primary key,
  fuka_year int not null,
  chotei_year int not null,
  tsuchisho_no text not null,
  period text not null,
  method text not null check (method in ('普徴', '特徴')),
  insured_id bigint not null references insured,
  due_on date not null,
  is_early_collection boolean not null default false,
  cancelled_on date,
  recorded_at timestamptz not null,
  file_id uuid references files,
  line bigint,
  unique (fuka_year, chotei_year, tsuchisho_no, period, method)
);
create index instalments_due on instalments (due_on, id) where method = '普徴' and cancelled_on is null;
create index instalments_insured on instalments (insured_id);

create table posting_counter (
  one boolean primary key default true check (one),
  last bigint not null
);
insert into posting_counter (last) values (0);
create table postings (
  number bigint primary key,
  kind text not null check (kind in ('移行', '調定', '収納', '督促手数料', '訂正')),
  cause_file_id uuid references files,
  cause_line bigint,
  cause_run_id uuid references runs,
  cause_decision text,
  actor_user_id bigint,
  booked_on date not null,
  fiscal_year int not null,
  reverses bigint unique references postings,
  posted_at timestamptz not null,
  check (num_nonnulls(cause_file_id, cause_run_id, cause_decision, reverses) >= 1)
);
create index postings_file on postings (cause_file_id, cause_line) where cause_file_id is not null;
-- credit: the account that gives; debit: the account that takes. With instalment, or the outer side without.
-- component: P 本料, E 延滞金, T 督促手数料, K 還付加算金.
create table movements (
  id bigint generated always as identity primary key,
  posting_number bigint not null references postings,
  component text not null check (component in ('P', 'E', 'T', 'K')),
  credit_account text not null,
  credit_instalment_id bigint references instalments,
  debit_account text not null,
  debit_instalment_id bigint references instalments,
  yen bigint not null check (yen > 0),
  received_on date,
  collected_on date,
  person_id bigint references persons
);
create index movements_debit on movements (debit_instalment_id, component) where debit_instalment_id is not null;
create index movements_credit on movements (credit_instalment_id, component) where credit_instalment_id is not null;
create index movements_posting on movements (posting_number);
create trigger postings_fixed before update or delete on postings for each row execute function refuse_change();
create trigger movements_fixed before update or delete on movements for each row execute function refuse_change();

-- unpaid = max(0, charged − received − written), excess = max(0, received + written − charged)
create table instalment_balances (
  instalment_id bigint not null references instalments,
  component text not null,
  charged bigint not null default 0,
  received bigint not null default 0,
  written bigint not null default 0,
  overpaid bigint not null default 0,
  refunded bigint not null default 0,
  last_posting bigint not null,
  unpaid bigint generated always as (greatest(0, charged - received - written)) stored,
  excess bigint generated always as (greatest(0, received + written - charged)) stored,
  primary key (instalment_id, component)
);

-- 徴収猶予
create table deferrals (
  id bigint generated always as identity primary key,
  instalment_id bigint not null references instalments,
  starts_on date not null,
  ends_on date not null,
  decision_no text,
  recorded_at timestamptz not null,
  superseded_at timestamptz,
  file_id uuid references files,
  line bigint
);
create index deferrals_instalment on deferrals (instalment_id) where superseded_at is null;
`,
)

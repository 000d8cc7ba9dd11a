import { sqlMigration } from './sql-migration.ts'

/** What a municipality brings for its letters: 公印 under their hashes, 町域 by 郵便番号, 縮退 of characters without glyph. */
export const noticeMaterial = sqlMigration(
  'm0024-notice-material',
  `
-- 公印: kept for ever, so that a letter can be made again with the one it was sent with.
create table notice_seals (
  sha256 text primary key,
  type text not null check (type in ('svg', 'png')),
  bytes bytea not null,
  note text not null,
  registered_by bigint references users,
  registered_at timestamptz not null,
  check (sha256 = encode(sha256(bytes), 'hex'))
);
create trigger notice_seals_fixed before update or delete on notice_seals for each row execute function refuse_change();
revoke update, delete on notice_seals from koki_app;

-- A 公印 that stood in the settings as text moves here.
insert into notice_seals (sha256, type, bytes, note, registered_at)
select encode(sha256(convert_to(value ->> 'sealSvg', 'UTF8')), 'hex'), 'svg', convert_to(value ->> 'sealSvg', 'UTF8'),
  '設定から移した公印', recorded_at
from municipality_settings where name = 'notices' and value ->> 'sealSvg' is not null;
update municipality_settings set value = value - 'sealSvg' || jsonb_build_object('seal',
  case when value ->> 'sealSvg' is null then null
       else jsonb_build_object('sha256', encode(sha256(convert_to(value ->> 'sealSvg', 'UTF8')), 'hex'), 'type', 'svg') end)
where name = 'notices' and value ? 'sealSvg';

-- 町域: a postal code may stand for several.
create table postal_towns (
  id bigint generated always as identity primary key,
  postal_code text not null check (postal_code ~ '^[0-9]{7}$'),
  town text not null,
  recorded_at timestamptz not null,
  superseded_at timestamptz,
  file_id uuid references files,
  line bigint
);
create unique index postal_towns_current on postal_towns (postal_code, town) where superseded_at is null;

-- 縮退: which character the municipality lets be printed for one that the fonts lack.
create table glyph_reductions (
  id bigint generated always as identity primary key,
  original text not null check (char_length(original) between 1 and 2),
  substitute text not null check (char_length(substitute) between 1 and 2),
  recorded_at timestamptz not null,
  superseded_at timestamptz,
  file_id uuid references files,
  line bigint
);
create unique index glyph_reductions_current on glyph_reductions (original) where superseded_at is null;
`,
)

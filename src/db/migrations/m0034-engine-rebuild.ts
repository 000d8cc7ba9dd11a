import { sqlMigration } from './sql-migration.ts'

/** The engine's data are disposable: where each open run goes on in a new epoch, and what it takes along. */
export const engineRebuild = sqlMigration(
  'm0034-engine-rebuild',
  `
-- One row a run that an epoch took over from an older one. Without elements the run goes on from its start message.
create table run_rebuilds (
  run_id uuid not null references runs,
  epoch int not null references engine_epochs,
  from_epoch int not null,
  from_instance_key bigint not null,
  process_id text,
  elements text[] not null,
  -- Whether the engine still had the former instance: null while it has not been asked.
  was_alive boolean,
  -- Since then the new instance may be made; before, every instance of the run is a former one.
  released_at timestamptz,
  created_at timestamptz not null,
  primary key (run_id, epoch)
);
create index run_rebuilds_from on run_rebuilds (from_epoch, from_instance_key);

-- A step run of an older epoch that the next job of its step takes over: it goes on, or its stored answer is told again.
alter table step_runs add column awaits_job boolean not null default false;
create index step_runs_awaiting on step_runs (run_id, step_id, round) where awaits_job;

alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check
  check (kind in ('start-run', 'restart-run', 'complete-job', 'cancel-instance', 'publish-message'));

-- Instances of older epochs keep their diagram: models itself only knows the newest deployment.
create table model_deployments (
  epoch int not null references engine_epochs,
  definition_key bigint not null,
  model_id bigint not null references models on delete cascade,
  primary key (epoch, definition_key)
);
insert into model_deployments (epoch, definition_key, model_id)
  select epoch, definition_key, id from models where epoch is not null and definition_key is not null;
create function note_model_deployment() returns trigger language plpgsql as $$
begin
  insert into model_deployments (epoch, definition_key, model_id) values (new.epoch, new.definition_key, new.id)
  on conflict (epoch, definition_key) do update set model_id = excluded.model_id;
  return new;
end $$;
create trigger models_deployed after insert or update of epoch, definition_key on models for each row
  when (new.epoch is not null and new.definition_key is not null) execute function note_model_deployment();
`,
)
